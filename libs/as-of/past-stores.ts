import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventLog, EventPlace } from '#event-log';
import { inTurn } from '#platform';
import type { Clock } from '#platform';
import { openFilled } from '#read-store';
import type { FilledStore, Queries } from '#read-store';
import type { FillOrder } from './fill-store.js';
import { momentFinder, NotYet } from './find-moment.js';
import type { Moment } from './find-moment.js';
import { unlessAborted } from './unless-aborted.js';

/** Stores that are kept for further questions; the one that was asked last stays longest. */
const KEPT = 6;

/** How much of a long way lies between its end and the store that is left on it. */
const BACK = 0.1;

/** The read models at a moment of the past. */
export interface Past extends Moment {
  readonly queries: Queries;
}

/** Answers questions about the past. */
export interface PastStores {
  /**
   * The read models as they were after an event, or at a time. They may take long to be made; whoever asks for the same
   * waits together.
   * @param signal aborts when they are not needed any more, whether or not they are there yet
   * @throws NotYet when that is yet to come
   * @throws PastUnavailable when they cannot be made
   * @throws the reason of `signal` when it aborts before they are there
   */
  at(wanted: EventPlace, signal: AbortSignal): Promise<Past>;
  close(): Promise<void>;
}

/** The read models of the past cannot be made: the log cannot be read, or there is no room for them. */
export class PastUnavailable extends Error {
  override readonly name = 'PastUnavailable';

  constructor(cause: unknown) {
    super((cause as Error).message, { cause });
  }
}

function unavailable(error: unknown): never {
  throw error instanceof NotYet ? error : new PastUnavailable(error);
}

export interface PastStoresOptions {
  readonly log: Pick<EventLog, 'find' | 'headSequence'>;
  readonly clock: Clock;
  /** Folder for the files, empty. */
  readonly dir: string;
  /** As `fillStore`. */
  readonly fill: (order: FillOrder, signal: AbortSignal) => Promise<void>;
  /** Milliseconds after which a store that nobody asks goes. */
  readonly idleMs: number;
  /** Events that are folded in a second or so: on a longer way a store is left for those who look further back. */
  readonly longWay: number;
}

interface Kept {
  readonly number: number;
  readonly path: string;
  readonly store: Promise<FilledStore>;
  isFilled: boolean;
  readers: number;
  /** Aborts when it is not kept any more. */
  readonly gone: AbortController;
  idle?: NodeJS.Timeout;
}

/** Keeps some stores of the past, each in a file of its own that is filled when it is first asked for. */
export function openPastStores({ log, clock, dir, fill, idleMs, longWay }: PastStoresOptions): PastStores {
  /** By the numbers of their events, the one that was asked last at the end. */
  const all = new Map<number, Kept>();
  const removals = new Set<Promise<void>>();
  const find = momentFinder(log, clock);
  const next = inTurn();
  let files = 0;
  const newPath = () => join(dir, `${++files}.db`);

  function make(number: number): Kept {
    const gone = new AbortController();
    const path = newPath();
    const store = next(async () => {
      gone.signal.throwIfAborted();
      await fillFrom(await baseFor(number, gone.signal), path, number, gone.signal);
      const filled = await openFilled(path);
      onFilled(kept);
      return filled;
    }).catch(unavailable);
    const kept: Kept = { number, path, store, isFilled: false, readers: 0, gone };
    store.catch(() => drop(kept));
    return kept;
  }

  async function fillFrom(base: Kept | undefined, path: string, to: number, signal: AbortSignal): Promise<void> {
    if (base) enter(base);
    const order = { path, base: base?.path ?? null, from: base?.number ?? 0, to };
    await fill(order, signal).finally(() => base && leave(base));
  }

  /** The nearest store before, or one that is left near the end of the long way from there. */
  async function baseFor(number: number, signal: AbortSignal): Promise<Kept | undefined> {
    const base = nearestBefore(number);
    const way = number - (base?.number ?? 0);
    const place = number - Math.ceil(way * BACK);
    if (way <= longWay || all.has(place)) return base;
    const path = newPath();
    await fillFrom(base, path, place, signal);
    const store = openFilled(path);
    const left: Kept = { number: place, path, store, isFilled: true, readers: 0, gone: new AbortController() };
    store.catch(() => drop(left));
    all.set(place, left);
    return left;
  }

  function nearestBefore(number: number): Kept | undefined {
    const before = [...all.values()].filter((kept) => kept.isFilled && kept.number < number);
    return before.toSorted((a, b) => a.number - b.number).at(-1);
  }

  function onFilled(kept: Kept): void {
    kept.isFilled = true;
    const filled = [...all.values()].filter(({ isFilled }) => isFilled);
    for (const oldest of filled.slice(0, -KEPT)) drop(oldest);
  }

  function storeAt(number: number): Kept {
    const kept = all.get(number) ?? make(number);
    all.delete(number);
    all.set(number, kept);
    return kept;
  }

  function enter(kept: Kept): void {
    kept.readers++;
    clearTimeout(kept.idle);
  }

  function leave(kept: Kept): void {
    if (--kept.readers > 0) return;
    if (kept.gone.signal.aborted) remove(kept);
    else if (!kept.isFilled) drop(kept);
    else kept.idle = setTimeout(() => drop(kept), idleMs).unref();
  }

  /** Those who read it still may. */
  function drop(kept: Kept): void {
    if (kept.gone.signal.aborted) return;
    clearTimeout(kept.idle);
    all.delete(kept.number);
    kept.gone.abort();
    if (kept.readers === 0) remove(kept);
  }

  function remove({ store, path }: Kept): void {
    const removal = store
      .then(
        (filled) => filled.close(),
        () => undefined,
      )
      .then(() => rm(path, { force: true }))
      // What cannot be removed now is removed by the next start.
      .catch(() => undefined)
      .finally(() => removals.delete(removal));
    removals.add(removal);
  }

  return {
    async at(wanted, signal) {
      const moment = await find(wanted).catch(unavailable);
      signal.throwIfAborted();
      const kept = storeAt(moment.number);
      enter(kept);
      signal.addEventListener('abort', () => leave(kept), { once: true });
      const { queries } = await unlessAborted(kept.store, signal);
      return { ...moment, queries };
    },
    async close() {
      for (const kept of all.values()) drop(kept);
      await Promise.all(removals);
    },
  };
}
