import type { Json, LargeValue, Subject } from '#domain';
import type { Tables } from '../entities/index.js';
import type { PlanJobDetailsJson } from '../orchestrator/details.js';
import type { PlanJobEventDetail, PlanJobEventRow, PlanJobEventType, PlanJobRow, PlanJobState } from '../queries.js';
import { iso, isoOrNull, parse } from './columns.js';

type PlanJobColumns = Pick<Tables['plan_jobs'], 'id' | 'state' | 'created_at' | 'started_at' | 'finished_at'> & {
  readonly details: string;
  /** JSON of the `Subject`. */
  readonly subject: string;
  readonly result: string | null;
  readonly large: string | null;
};

export function planJobRow(row: PlanJobColumns): PlanJobRow {
  return {
    id: row.id,
    state: row.state as PlanJobState,
    ...parse<PlanJobDetailsJson>(row.details),
    owner: parse<Subject>(row.subject),
    createdAt: iso(row.created_at),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    result: row.result === null ? null : parse<Json>(row.result),
    large: row.large === null ? null : parse<LargeValue>(row.large),
  };
}

export function planJobEventRow(row: Omit<Tables['plan_job_events'], 'plan_job'>): PlanJobEventRow {
  return {
    id: row.number,
    type: row.type as PlanJobEventType,
    timestamp: iso(row.at),
    detail: parse<PlanJobEventDetail>(row.detail),
  };
}
