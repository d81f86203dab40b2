import type { RecordedEvent, State } from '#domain';

/** Tells the events that bring plans on from all others. */
export class PlanFeed {
  /** Jobs of plans that Daybook runs. */
  readonly #jobs = new Set<number>();

  /** Begins with the jobs that are in flight in a state. */
  reset(state: State): void {
    this.#jobs.clear();
    for (const { id, planJob } of state.jobs.values()) if (planJob !== null) this.#jobs.add(id);
  }

  /** Those of a commit's events that concern plans, in their order. */
  of(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    return events.filter((event) => this.#concernsPlans(event));
  }

  #concernsPlans(event: RecordedEvent): boolean {
    switch (event.type) {
      case 'daybook.job.created':
        if (event.data.planJob) this.#jobs.add(event.data.id);
        return event.data.planJob !== undefined;
      case 'daybook.job.node-finished':
      case 'daybook.job.node-failed':
      case 'daybook.job.node-errored':
      case 'daybook.job.node-skipped':
        return this.#jobs.has(event.data.id);
      case 'daybook.job.finished':
        return this.#jobs.delete(event.data.id);
      default:
        return event.type.startsWith('daybook.plan-job.');
    }
  }
}

/** Number of the first event about a plan that Daybook runs and that has not ended; null: there is none. */
export function plansSince({ planJobs }: State): number | null {
  for (const { runsElsewhere, createdBy } of planJobs.values()) if (!runsElsewhere) return createdBy;
  return null;
}
