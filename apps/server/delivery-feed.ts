import type { App, AppRun, DeadLetter, RecordedEvent, State } from '#domain';
import { instant } from '#domain';
import type { DeliveryOrder } from '#delivery';

/** What whoever delivers is to know of a commit. */
export type DeliveryChange =
  | { readonly kind: 'take'; readonly order: DeliveryOrder }
  /** Runs of this job are not wanted any more. */
  | { readonly kind: 'drop-job'; readonly job: number }
  | { readonly kind: 'drop'; readonly run: number }
  | { readonly kind: 'define-app'; readonly app: App }
  | { readonly kind: 'remove-app'; readonly id: string };

/** Runs that are told of before others have their turn in this thread. */
const AT_ONCE = 500;

/** Tells of the runs to be delivered: first of those that a state has, then of each commit's. */
export class DeliveryFeed {
  #reign = 0;
  /** Whether it was told that there will be something to deliver. */
  #isAnnounced = false;

  /** @param tell is given what is new, in its order; nothing, where something will be */
  constructor(private readonly tell: (changes: readonly DeliveryChange[]) => void) {}

  /** Begins with what is to be delivered in the state of a new reign, a part at a time. */
  reset(state: State): void {
    const reign = ++this.#reign;
    if (state.appJobs.size > 0) this.#announce();
    this.#tell([...state.apps.values()].map((app) => ({ kind: 'define-app', app })));
    const runs = Array.from(state.appRuns, ({ run }) => run);
    const letters = [...state.deadLetters.keys()];
    const numbers = [...runs, ...letters];
    const tellPart = (from: number) => {
      if (reign !== this.#reign || from >= numbers.length) return;
      this.#tell(numbers.slice(from, from + AT_ONCE).flatMap((run) => takeOf(state, run)));
      setImmediate(() => tellPart(from + AT_ONCE));
    };
    tellPart(0);
  }

  /** The reign is over; nothing more of its state is told. */
  suspend(): void {
    this.#reign++;
  }

  apply(events: readonly RecordedEvent[], state: State): void {
    if (!this.#isAnnounced && events.some(({ type }) => type === 'daybook.app-job.scheduled')) this.#announce();
    this.#tell(events.flatMap((event) => changesOf(event, state)));
  }

  /** So that who delivers is there when the first run is due. */
  #announce(): void {
    this.#isAnnounced = true;
    this.tell([]);
  }

  #tell(changes: readonly DeliveryChange[]): void {
    if (changes.length > 0) this.tell(changes);
  }
}

function changesOf(event: RecordedEvent, state: State): DeliveryChange[] {
  switch (event.type) {
    case 'daybook.app-job.fired': {
      const { id, run, supersedes } = event.data;
      return [...(supersedes ? [{ kind: 'drop-job', job: id } as const] : []), ...takeOf(state, run)];
    }
    case 'daybook.app-job.attempt-failed':
    case 'daybook.app-job.redelivered':
      return takeOf(state, event.data.run);
    case 'daybook.app-job.discarded':
      return [{ kind: 'drop', run: event.data.run }];
    case 'daybook.app-job.scheduled':
      return event.data.replaces === null ? [] : [{ kind: 'drop-job', job: event.data.replaces }];
    case 'daybook.app-job.deleted':
      return [{ kind: 'drop-job', job: event.data.id }];
    case 'daybook.app-jobs.deleted':
      return event.data.ids.map((job) => ({ kind: 'drop-job', job }));
    case 'daybook.app.defined':
      return [{ kind: 'define-app', app: event.data }];
    case 'daybook.app.removed':
      return [{ kind: 'remove-app', id: event.data.id }];
    default:
      return [];
  }
}

/** The next attempt of a run; nothing where the state, which is ahead of the events, knows that it has ended. */
function takeOf(state: State, run: number): DeliveryChange[] {
  const letter = state.deadLetters.get(run);
  if (letter) return letter.failedBefore === null ? [] : [take(letter, letter, true)];
  const open = state.appRuns.get(run);
  if (!open) return [];
  const { app, name } = state.appJobs.get(open.job)!;
  return [take(open, { app, name, ...state.appJobs.dataOf(open.job) }, false)];
}

function take(
  { run, job, failed, occurrenceMs, plannedMs }: Pick<AppRun, 'run' | 'job' | 'failed' | 'occurrenceMs' | 'plannedMs'>,
  { app, name, payload, large }: Pick<DeadLetter, 'app' | 'name' | 'payload' | 'large'>,
  outlivesJob: boolean,
): DeliveryChange {
  const occurrence = instant(occurrenceMs);
  return {
    kind: 'take',
    order: {
      run,
      job,
      outlivesJob,
      app,
      name,
      payload,
      large,
      occurrence,
      attempt: failed + 1,
      notBeforeMs: plannedMs,
    },
  };
}
