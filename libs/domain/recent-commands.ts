import type { Answer } from './command.js';
import { hashOfText } from './compact/hash.js';
import { RowIndex } from './compact/row-index.js';
import type { RecordedEvent } from './event.js';
import { PAGE_BITS, RecentPage } from './recent-page.js';
import type { RecentCommand } from './recent-page.js';

/** A command id is remembered for a day, or until a million younger ones came, whichever is less. */
export const REMEMBERED_MS = 24 * 3_600_000;
export const REMEMBERED_COUNT = 1_000_000;

const PAGE_ROWS = 1 << PAGE_BITS;
const IN_PAGE = PAGE_ROWS - 1;

/** Rows go round in a circle that has room for all that are remembered, where the first and the last page are cut. */
const ROWS = (Math.ceil(REMEMBERED_COUNT / PAGE_ROWS) + 1) * PAGE_ROWS;

/** Command ids with what they were answered, the oldest first; about 90 bytes each, 120 with the digest of a body. */
export class RecentCommands {
  readonly #pages: (RecentPage | undefined)[] = [];
  readonly #index = new RowIndex((row) => this.#page(row).hashOf(row & IN_PAGE));
  /** Row of the oldest. */
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: string): RecentCommand | undefined {
    const row = this.#find(id, hashOfText(id));
    return row < 0 ? undefined : this.#page(row).get(row & IN_PAGE);
  }

  /** Takes in the youngest; those that are too old beside it leave. An id that is known keeps its first answer. */
  add(id: string, command: RecentCommand): void {
    const hash = hashOfText(id);
    while (this.#size > 0 && command.timeMs - this.#oldestMs() >= REMEMBERED_MS) this.#forgetOldest();
    if (this.#find(id, hash) >= 0) return;
    if (this.#size === REMEMBERED_COUNT) this.#forgetOldest();
    const row = this.#rowAt(this.#size++);
    if ((row & IN_PAGE) === 0) this.#pages[row >> PAGE_BITS] = new RecentPage();
    this.#page(row).add(row & IN_PAGE, id, hash, command);
    this.#index.add(row);
  }

  /** The oldest first. */
  *[Symbol.iterator](): Iterator<readonly [string, RecentCommand]> {
    for (let place = 0; place < this.#size; place++) {
      const row = this.#rowAt(place);
      const page = this.#page(row);
      yield [page.idOf(row & IN_PAGE), page.get(row & IN_PAGE)];
    }
  }

  #find(id: string, hash: number): number {
    return this.#index.find(hash, (row) => {
      const page = this.#page(row);
      return page.hashOf(row & IN_PAGE) === hash && page.isOf(row & IN_PAGE, id);
    });
  }

  #oldestMs(): number {
    return this.#page(this.#first).timeMsOf(this.#first & IN_PAGE);
  }

  #forgetOldest(): void {
    this.#index.remove(this.#first);
    if ((this.#first & IN_PAGE) === IN_PAGE) this.#pages[this.#first >> PAGE_BITS] = undefined;
    this.#first = this.#rowAt(1);
    this.#size--;
  }

  #rowAt(place: number): number {
    return (this.#first + place) % ROWS;
  }

  #page(row: number): RecentPage {
    return this.#pages[row >> PAGE_BITS]!;
  }
}

/** The answer that a user's command got, told from its first event; null: the event is not the first of one. */
export function answerOf(event: RecordedEvent): Answer | null {
  switch (event.type) {
    case 'daybook.scheduled-job.scheduled':
    case 'daybook.scheduled-job.edited':
      return { kind: 'scheduled', scheduledJob: event.data.id };
    case 'daybook.job.created':
      return event.data.scheduledJob === null ? { kind: 'created', job: event.data.id } : null;
    case 'daybook.plan-job.created':
      return event.data.scheduledJob === null ? { kind: 'plan-created', planJob: event.data.id } : null;
    case 'daybook.job.stopping':
      return { kind: 'stopping', job: event.data.id, nodes: event.data.nodes };
    case 'daybook.role.defined':
      return { kind: 'role-defined', role: event.data.id };
    case 'daybook.task-target.created':
      return { kind: 'task-target-created', taskTarget: event.data.id };
    case 'daybook.agent.invited':
      return { kind: 'invited', invitation: event.data.id, expires: event.data.expires };
    case 'daybook.app-job.scheduled':
    case 'daybook.app-job.paused':
    case 'daybook.app-job.resumed':
      return { kind: 'app-job', id: event.data.id, version: event.data.version };
    case 'daybook.app-job.deleted':
      return { kind: 'app-job-deleted', form: event.data.form };
    case 'daybook.app-jobs.deleted':
      // Those are gone, so that what is left is found from the beginning too.
      return { kind: 'app-jobs-deleted', count: event.data.ids.length, next: 0 };
    case 'daybook.app-job.fired':
      return event.data.trigger === 'request' ? { kind: 'run', run: event.data.run } : null;
    case 'daybook.app-job.redelivered':
      return { kind: 'run', run: event.data.run };
    case 'daybook.app-job.discarded':
    case 'daybook.app.defined':
    case 'daybook.app.removed':
    case 'daybook.agent.revoked':
    case 'daybook.subscriber.admitted':
    case 'daybook.subscriber.revoked':
    case 'daybook.scheduled-job.deleted':
    case 'daybook.node-group.defined':
    case 'daybook.node-group.deleted':
    case 'daybook.jobs.pruned':
    case 'daybook.plan-job.finished':
    case 'daybook.plan-jobs.pruned':
    case 'daybook.subject.registered':
    case 'daybook.subject.password-set':
    case 'daybook.role.deleted':
    case 'daybook.token.revoked':
      return { kind: 'done' };
    default:
      return null;
  }
}

export function remember(recent: RecentCommands, event: RecordedEvent, number: number, timeMs: number): void {
  const answer = answerOf(event);
  if (answer === null) return;
  recent.add(event.causationid, { answer, number, timeMs, bodyDigest: event.bodydigest });
}
