import { toSeconds } from '#http';
import type { PlanJobRow } from '#read-store';
import { durationS } from '../job/present-job.js';
import type { Links } from '../links.js';
import { shownValue } from '../stored/whole-value.js';

function optionsOf({ description, spec, targets, scheduledJob }: PlanJobRow) {
  return {
    description,
    plan_name: spec.plan,
    parameters: { ...shownValue(spec.params), ...targets },
    sensitive: spec.sensitive,
    scheduled_job_id: scheduledJob === null ? null : String(scheduledJob),
    environment: spec.environment,
  };
}

/** A plan job as the API shows it, alone and in lists, without its result. */
export function presentPlanJob(row: PlanJobRow, links: Links, nowMs: number) {
  const { id, state, owner, createdAt, startedAt, finishedAt, userdata } = row;
  return {
    id: links.planJob(id),
    name: String(id),
    state,
    options: optionsOf(row),
    owner,
    created_timestamp: toSeconds(createdAt),
    finished_timestamp: finishedAt && toSeconds(finishedAt),
    duration: durationS(startedAt, finishedAt, nowMs) ?? 0,
    events: { id: links.planJobEvents(id) },
    userdata,
  };
}
