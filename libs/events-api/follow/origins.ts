import type { RecordedEvent } from '#domain';
import type { SharedEvent } from './shared-event.js';

/** Whose an event is and where it belongs; null in a place: to none. */
export interface Origin {
  /** Id of the subject whose job it is. */
  readonly owner: string | null;
  readonly environment: string | null;
  /** Number of the plan job itself, or of the one that asked for the job. */
  readonly planJob: number | null;
}

const NOWHERE: Origin = { owner: null, environment: null, planJob: null };

/** Of so many jobs, those met last, the origin is remembered. */
const MAX_KNOWN = 100_000;

/** What most events do not say of themselves: they name a job, and its first event says it. */
export class Origins {
  readonly #known = new Map<string, Origin>();

  /** @param ask finds the origin of a job that is not remembered; of one that is not there any more null */
  constructor(private readonly ask: (subject: string, number: number) => Promise<Origin | null>) {}

  /** Remembers what events say, which have to come in their order, and sets their origins where these are known. */
  note(events: readonly SharedEvent[]): void {
    for (const shared of events) shared.origin ??= this.#originOf(shared.event);
  }

  /** As `note`, and asks for what is not known. @throws Error when that cannot be answered */
  async resolve(events: readonly SharedEvent[]): Promise<void> {
    for (const shared of events) {
      if ((shared.origin ??= this.#originOf(shared.event))) continue;
      const { subject } = shared.event;
      this.#remember(subject, (await this.ask(subject, shared.number)) ?? NOWHERE);
      shared.origin = this.#originOf(shared.event);
    }
  }

  #originOf(event: RecordedEvent): Origin | null {
    switch (event.type) {
      case 'daybook.job.created': {
        const { owner, spec, planJob } = event.data;
        return this.#remember(event.subject, { owner, environment: spec.environment, planJob: planJob?.id ?? null });
      }
      case 'daybook.plan-job.created': {
        const { owner, spec, id } = event.data;
        return this.#remember(event.subject, { owner, environment: spec.environment, planJob: id });
      }
      case 'daybook.scheduled-job.scheduled': {
        const { owner, spec } = event.data;
        return this.#remember(event.subject, { owner, environment: spec.environment, planJob: null });
      }
      case 'daybook.scheduled-job.edited': {
        const before = this.#known.get(event.subject);
        return before ? this.#remember(event.subject, { ...before, environment: event.data.spec.environment }) : null;
      }
      case 'daybook.node.facts-reported':
        return { ...NOWHERE, environment: event.data.environment };
      default:
        return /^(?:job|plan-job|scheduled-job)\//.test(event.subject)
          ? (this.#known.get(event.subject) ?? null)
          : NOWHERE;
    }
  }

  #remember(subject: string, origin: Origin): Origin {
    this.#known.delete(subject);
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(subject, origin);
    return origin;
  }
}
