import type { OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { EventType } from '#domain';
import { Refusal } from '#domain';
import type { Caller } from '#http';
import type { EventFilter } from '../event-filter.js';
import { typesOf } from '../event-filter.js';
import { demandReached } from '../follow/demand-reached.js';
import { History } from '../follow/history.js';
import { LiveFeed } from '../follow/live-feed.js';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { visibleTypes } from '../who-may-see.js';
import { EventReader } from './event-reader.js';

/** Between two comments that show both ends that the connection stands, and two looks at what its token allows. */
const HEARTBEAT_MS = 10_000;

/** Events after which somebody may see more or less than before. */
const OF_ACCESS: ReadonlySet<EventType> = new Set<EventType>([
  'daybook.subject.registered',
  'daybook.role.defined',
  'daybook.role.deleted',
  'daybook.token.revoked',
]);

/** All streams of events that this server has open. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  readonly #feed: LiveFeed;
  readonly #history: History;
  /** Of those who need to know whose events are. */
  readonly #historyOfOwners: History;
  /** Of those of them who had come to the end, so that they do not wait for others to get there. */
  readonly #lastOfOwners: History;
  /** With the token of each. */
  readonly #open = new Map<EventReader, string>();

  constructor(@Inject(PORTS) private readonly ports: EventsPorts) {
    this.#feed = new LiveFeed(ports, {
      onEvent: ({ type }) => {
        if (OF_ACCESS.has(type)) for (const reader of this.#open.keys()) void this.#check(reader);
      },
      onBehind: (reader) => this.#lastOfOwners.add(reader),
    });
    this.#history = new History(ports, this.#feed);
    this.#historyOfOwners = new History(ports, this.#feed);
    this.#lastOfOwners = new History(ports, this.#feed);
  }

  /**
   * What a caller gets who asks for events after one of a number, or for those that come from now on. It ends when it is
   * destroyed, or says why before. `after` is the number of the event after which it begins.
   * @throws ApiError when the log has no event of that number
   */
  async open(
    { token }: Pick<Caller, 'token'>,
    filter: EventFilter,
    types: ReadonlySet<EventType>,
    after: number | null,
  ): Promise<{ readonly reader: EventReader; readonly after: number }> {
    const reader = new EventReader(filter, types, after ?? 0);
    this.#open.set(reader, token);
    const heartbeat = setInterval(() => {
      reader.beat();
      void this.#check(reader);
    }, HEARTBEAT_MS);
    reader.once('close', () => {
      clearInterval(heartbeat);
      this.#open.delete(reader);
      for (const history of this.#histories) history.remove(reader);
      this.#feed.leave(reader);
    });
    this.#feed.enter();
    try {
      const end = await this.#feed.endNumber(after);
      if (after !== null && after > end) await demandReached(this.ports.log, after);
      reader.cursor = after ?? end;
    } catch (error) {
      reader.destroy();
      throw error;
    }
    const start = reader.cursor;
    (reader.needsOrigin ? this.#historyOfOwners : this.#history).add(reader);
    return { reader, after: start };
  }

  onModuleDestroy(): void {
    for (const reader of this.#open.keys()) reader.finish('stopping');
    for (const history of this.#histories) history.close();
  }

  get #histories(): readonly History[] {
    return [this.#history, this.#historyOfOwners, this.#lastOfOwners];
  }

  /** Looks again at what the token of a reader allows. */
  async #check(reader: EventReader): Promise<void> {
    const before = reader.types;
    try {
      const { permissions } = await this.ports.authenticate(this.#open.get(reader)!, true);
      const types = typesOf(reader.wanted, visibleTypes(permissions));
      if (types.size === before.size && before.isSubsetOf(types)) return;
      reader.types = types;
    } catch (error) {
      // Where nobody can say it, what was said last stands.
      if (!(error instanceof Refusal)) return;
      reader.types = new Set();
    }
    this.#feed.onTypesChanged();
    if (reader.types.size === 0) reader.finish('not-permitted');
  }
}
