import { msOf } from '#domain';
import type { EventData, Json, JsonObject, LargeValue, PlanFailure, RecordedEvent, Stored } from '#domain';

/** How a node ended in a job of a plan. */
export type NodeEnd =
  | { readonly state: 'finished' | 'failed'; readonly result: Json; readonly large: LargeValue | null }
  | {
      readonly state: 'errored';
      readonly error: { readonly kind: string; readonly msg: string; readonly details: JsonObject };
    }
  | { readonly state: 'skipped' };

/** A job that a plan has asked for, as far as it has come. */
export interface RunRecord {
  readonly kind: 'run';
  readonly nodes: readonly string[];
  readonly ends: Map<string, NodeEnd>;
  hasEnded: boolean;
}

/** What came of a step that a plan has taken. */
export type StepRecord =
  | RunRecord
  | { readonly kind: 'message' | 'plan-started' | 'plan-ended' | 'evaluated' }
  | { readonly kind: 'query'; readonly rows: Stored<Json> }
  | { readonly kind: 'sleep'; readonly untilMs: number }
  /** What was asked for could not be. */
  | { readonly kind: 'refused'; readonly error: PlanFailure };

/** A plan job that has not ended: the fold of its events. */
export interface Progress {
  readonly created: EventData['daybook.plan-job.created'];
  startedMs: number | null;
  code: LargeValue | null;
  /** By number. */
  readonly steps: Map<number, StepRecord>;
}

/** All plan jobs that Daybook runs and that have not ended, by id, and the jobs that they have asked for. */
export interface PlansInFlight {
  readonly plans: Map<number, Progress>;
  readonly jobs: Map<number, { readonly planJob: number; readonly record: RunRecord }>;
}

export const noPlans = (): PlansInFlight => ({ plans: new Map(), jobs: new Map() });

/** Brings the plans forward by one event. @returns the plan job that it is about; null: none of these */
export function follow(inFlight: PlansInFlight, event: RecordedEvent): number | null {
  switch (event.type) {
    case 'daybook.plan-job.created':
      if (event.data.runsElsewhere) return null;
      inFlight.plans.set(event.data.id, { created: event.data, startedMs: null, code: null, steps: new Map() });
      return event.data.id;
    case 'daybook.plan-job.started': {
      const plan = inFlight.plans.get(event.data.id);
      if (!plan) return null;
      plan.code = event.data.code;
      plan.startedMs = msOf(event.time);
      return event.data.id;
    }
    case 'daybook.plan-job.message-sent':
      return taken(inFlight, event.data, { kind: 'message' });
    case 'daybook.plan-job.sub-plan-started':
      return taken(inFlight, event.data, { kind: 'plan-started' });
    case 'daybook.plan-job.sub-plan-ended':
      return taken(inFlight, event.data, { kind: 'plan-ended' });
    case 'daybook.plan-job.evaluated':
      return taken(inFlight, event.data, { kind: 'evaluated' });
    case 'daybook.plan-job.query-answered':
      return taken(inFlight, event.data, { kind: 'query', rows: event.data.rows });
    case 'daybook.plan-job.sleep-started':
      return taken(inFlight, event.data, { kind: 'sleep', untilMs: msOf(event.data.until) });
    case 'daybook.plan-job.step-refused':
      return taken(inFlight, event.data, { kind: 'refused', error: event.data.error });
    case 'daybook.plan-job.finished':
      return ended(inFlight, event.data.id);
    case 'daybook.job.created':
      return jobCreated(inFlight, event.data);
    case 'daybook.job.node-finished':
    case 'daybook.job.node-failed': {
      const { id, node, result, large } = event.data;
      const state = event.type === 'daybook.job.node-finished' ? 'finished' : 'failed';
      return nodeEnded(inFlight, id, node, { state, result, large });
    }
    case 'daybook.job.node-errored':
      return nodeEnded(inFlight, event.data.id, event.data.node, { state: 'errored', error: event.data.error });
    case 'daybook.job.node-skipped':
      return nodeEnded(inFlight, event.data.id, event.data.node, { state: 'skipped' });
    case 'daybook.job.finished': {
      const job = inFlight.jobs.get(event.data.id);
      if (!job) return null;
      inFlight.jobs.delete(event.data.id);
      job.record.hasEnded = true;
      return job.planJob;
    }
    default:
      return null;
  }
}

function taken(
  { plans }: PlansInFlight,
  { id, step }: { readonly id: number; readonly step: number },
  record: StepRecord,
): number | null {
  const plan = plans.get(id);
  if (!plan) return null;
  plan.steps.set(step, record);
  return id;
}

function jobCreated(inFlight: PlansInFlight, data: EventData['daybook.job.created']): number | null {
  const { id, nodes, planJob } = data;
  if (!planJob || planJob.step === null || !inFlight.plans.has(planJob.id)) return null;
  const record: RunRecord = { kind: 'run', nodes, ends: new Map(), hasEnded: false };
  inFlight.jobs.set(id, { planJob: planJob.id, record });
  return taken(inFlight, { id: planJob.id, step: planJob.step }, record);
}

function nodeEnded({ jobs }: PlansInFlight, id: number, node: string, end: NodeEnd): number | null {
  const job = jobs.get(id);
  job?.record.ends.set(node, end);
  // Only its end brings the plan on.
  return null;
}

function ended({ plans, jobs }: PlansInFlight, id: number): number | null {
  if (!plans.delete(id)) return null;
  for (const [job, { planJob }] of jobs) if (planJob === id) jobs.delete(job);
  return id;
}
