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

/** What a job's origin is from an event on, up to the last that was noted. */
interface Known {
  /** Null: it was edited, and what it was before has not been asked. */
  readonly origin: Origin | null;
  readonly since: number;
}

/** Of so many jobs, those met last, the origin is remembered. */
const MAX_KNOWN = 100_000;

/**
 * What most events do not say of themselves: they name a job, and its first event says it; a schedule may be edited.
 * For events that are read one after the other without a gap.
 */
export class Origins {
  readonly #known = new Map<string, Known>();

  /** @param ask finds the origin that a job had before an event; of one that is not there any more null */
  constructor(private readonly ask: (subject: string, number: number) => Promise<Origin | null>) {}

  /** Remembers what events say, which have to come in their order, and sets their origins where these are known. */
  note(events: readonly SharedEvent[]): void {
    for (const shared of events) shared.origin ??= this.#told(shared);
  }

  /**
   * As `note`, and asks for what is not known; also for events that were noted, while later ones are.
   * @throws Error when that cannot be answered
   */
  async resolve(events: readonly SharedEvent[]): Promise<void> {
    for (const shared of events) {
      if ((shared.origin ??= this.#told(shared))) continue;
      const { event, number } = shared;
      shared.origin = after(event, (await this.ask(event.subject, number)) ?? NOWHERE);
      this.#remember(event.subject, { origin: shared.origin, since: number });
    }
  }

  #told({ event, number }: SharedEvent): Origin | null {
    const said = saidBy(event);
    if (said) return this.#remember(event.subject, { origin: said, since: number });
    if (!/^(?:job|plan-job|scheduled-job)\//.test(event.subject)) return elsewhere(event);
    const known = this.#known.get(event.subject);
    const before = known && known.since <= number ? known.origin : null;
    if (event.type !== 'daybook.scheduled-job.edited') return before;
    return this.#remember(event.subject, { origin: before && after(event, before), since: number });
  }

  /** What is known of later stands. */
  #remember(subject: string, known: Known): Origin | null {
    const other = this.#known.get(subject);
    if (other && other.since > known.since) return known.origin;
    this.#known.delete(subject);
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(subject, known);
    return known.origin;
  }
}

/** The origin that the first event of a job says; null: it is another event. */
function saidBy(event: RecordedEvent): Origin | null {
  switch (event.type) {
    case 'daybook.job.created': {
      const { owner, spec, planJob } = event.data;
      return { owner, environment: spec.environment, planJob: planJob?.id ?? null };
    }
    case 'daybook.plan-job.created': {
      const { owner, spec, id } = event.data;
      return { owner, environment: spec.environment, planJob: id };
    }
    case 'daybook.scheduled-job.scheduled': {
      const { owner, spec } = event.data;
      return { owner, environment: spec.environment, planJob: null };
    }
    default:
      return null;
  }
}

/** The origin of an event that is not about a job. */
const elsewhere = (event: RecordedEvent): Origin =>
  event.type === 'daybook.node.facts-reported' ? { ...NOWHERE, environment: event.data.environment } : NOWHERE;

/** The origin of a job from an event on. */
const after = (event: RecordedEvent, before: Origin): Origin =>
  event.type === 'daybook.scheduled-job.edited' ? { ...before, environment: event.data.spec.environment } : before;
