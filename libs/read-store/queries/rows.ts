import type { Json, LargeValue, NodeCounts, NodeState, RefusalReason, Subject } from '#domain';

import type { Tables } from '../entities/index.js';
import type { JobDetailsJson, ScheduledJobDetailsJson } from '../orchestrator/details.js';
import type {
  JobEventRow,
  JobEventType,
  JobRow,
  JobState,
  JobTimes,
  LastRunOutcome,
  NodeRow,
  ScheduledJobRow,
} from '../queries.js';
import { iso, isoOrNull, parse } from './columns.js';

interface Shown {
  readonly details: string;
  /** JSON of the `Subject`. */
  readonly subject: string;
}

type ScheduledJobColumns = Omit<Tables['scheduled_job_details'], 'owner'> &
  Shown & {
    readonly next_run: number | null;
    readonly run_at: number | null;
    readonly run_job: number | null;
    readonly run_refusal: string | null;
  };

export function scheduledJobRow(row: ScheduledJobColumns): ScheduledJobRow {
  return {
    id: row.id,
    ...parse<ScheduledJobDetailsJson>(row.details),
    owner: parse<Subject>(row.subject),
    intervalS: row.interval_s,
    scheduledTime: iso(row.scheduled_time),
    nextRun: isoOrNull(row.next_run),
    isDeleted: row.ended === 'deleted',
    lastRun: row.run_at === null ? null : { time: iso(row.run_at), outcome: outcomeOf(row) },
  };
}

function outcomeOf({ run_job: job, run_refusal: refusal }: ScheduledJobColumns): LastRunOutcome {
  return refusal === null ? { job: job! } : { refusal: parse<RefusalReason>(refusal) };
}

export function jobRow(row: Omit<Tables['jobs'], 'end_state'> & Shown): JobRow {
  return {
    ...parse<JobDetailsJson>(row.details),
    owner: parse<Subject>(row.subject),
    nodeCounts: nodeCounts(row),
    ...jobTimes(row),
  };
}

type TimeColumns = 'id' | 'state' | 'created_at' | 'started_at' | 'stopping_at' | 'forced_at' | 'finished_at';

export function jobTimes(row: Pick<Tables['jobs'], TimeColumns>): JobTimes {
  return {
    id: row.id,
    state: row.state as JobState,
    createdAt: iso(row.created_at),
    startedAt: isoOrNull(row.started_at),
    // A stop with force comes alone or after one without.
    stoppingAt: isoOrNull(row.stopping_at ?? row.forced_at),
    finishedAt: isoOrNull(row.finished_at),
  };
}

type NodeColumns = Pick<Tables['job_nodes'], 'name' | 'state' | 'changed_at' | 'started_at' | 'finished_at'>;
type LatestEvent = { [C in 'detail' | 'large']: Tables['job_events'][C] };

export function nodeRow(row: NodeColumns & LatestEvent & { readonly latest_event: number }): NodeRow {
  const state = row.state as NodeState;
  const detail = row.detail === null ? null : parse<Json>(row.detail);
  return {
    name: row.name,
    state,
    timestamp: iso(row.changed_at),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    result: state === 'errored' ? null : detail,
    large: row.large === null ? null : parse<LargeValue>(row.large),
    error: state === 'errored' ? (detail as NodeRow['error']) : null,
    latestEvent: row.latest_event,
  };
}

export function jobEventRow(row: Omit<Tables['job_events'], 'job' | 'large'>): JobEventRow {
  return {
    id: row.number,
    type: row.type as JobEventType,
    timestamp: iso(row.at),
    node: row.node,
    detail: row.detail === null ? null : parse<Json>(row.detail),
  };
}

type CountColumns = Pick<Tables['jobs'], `nodes_${NodeState}`>;

function nodeCounts(row: CountColumns): NodeCounts {
  const states = ['new', 'running', 'finished', 'failed', 'errored', 'skipped'] as const;
  const counts = states.map((state) => [state, row[`nodes_${state}`]] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
