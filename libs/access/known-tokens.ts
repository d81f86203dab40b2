import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '#domain';
import type { Identity } from '#http';
import type { Clock } from '#platform';
import { NotAccepted, OutcomeUnknown } from '#writer';

/** What the writer said of a token. */
export interface Said {
  readonly identity: Identity;
  /** Milliseconds since the epoch; `Infinity`: it does not expire. */
  readonly expiresAtMs: number;
}

interface Known extends Said {
  /** When it was asked for, on the monotonic clock. */
  readonly askedMs: number;
}

/** How long an answer serves without being asked for again. */
const FRESH_MS = 1000;

/** How long it serves reads while no writer answers. */
const STALE_MS = 5 * 60_000;

/** How long such a read waits for the writer. */
const PATIENCE_MS = 250;

const MAX_KNOWN = 10_000;

/** What was said of tokens lately, by their digests; bounded, and asked for again each second. */
export class KnownTokens {
  readonly #known = new Map<string, Known>();
  /** Questions that are on their way; who comes meanwhile shares their answer. */
  readonly #asked = new Map<string, Promise<Known>>();

  /** @param ask asks the writer; rejects with a `Refusal` where the token lets nobody in */
  constructor(
    private readonly ask: (digest: string) => Promise<Said>,
    private readonly clock: Clock,
  ) {}

  /** Whose token it is. @throws Refusal when it lets nobody in; NotAccepted when that is not known */
  find(digest: string, isRead: boolean): Identity | Promise<Identity> {
    const known = this.#known.get(digest);
    const ageMs = known ? this.clock.monotonic() - known.askedMs : Infinity;
    const isOver = known !== undefined && this.clock.now() >= known.expiresAtMs;
    if (known && !isOver && ageMs < FRESH_MS) return known.identity;
    const asked = this.#askOnce(digest);
    const serves = known && !isOver && isRead && ageMs < STALE_MS;
    return (serves ? orLast(asked, known) : asked).then(({ identity }) => identity);
  }

  /** Lets nobody be answered any more by what was asked before. */
  forget(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  #askOnce(digest: string): Promise<Known> {
    const present = this.#asked.get(digest);
    if (present) return present;
    const askedMs = this.clock.monotonic();
    const asked = this.ask(digest).then((said) => ({ ...said, askedMs }));
    this.#asked.set(digest, asked);
    const settle = (known: Known | null) => {
      if (this.#asked.get(digest) !== asked) return;
      this.#asked.delete(digest);
      if (known) this.#keep(digest, known);
    };
    asked.then(settle, (error: unknown) => {
      if (error instanceof Refusal) this.#known.delete(digest);
      settle(null);
    });
    return asked;
  }

  #keep(digest: string, known: Known): void {
    this.#known.delete(digest);
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(digest, known);
  }
}

/** The answer, or the last one where none comes soon. */
async function orLast(asked: Promise<Known>, last: Known): Promise<Known> {
  const answered = new AbortController();
  const told = asked
    .catch((error: unknown) => {
      if (error instanceof NotAccepted || error instanceof OutcomeUnknown) return last;
      throw error;
    })
    .finally(() => answered.abort());
  return Promise.race([told, delay(PATIENCE_MS, last, { signal: answered.signal }).catch(() => told)]);
}
