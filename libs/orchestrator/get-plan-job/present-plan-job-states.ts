import { toSeconds } from '#http';
import type { JobTimes, PlanJobRow } from '#read-store';
import { presentStatus } from '../get-job/present-status.js';

/** What is told of a plan job that is asked for alone: its last change, and the states of its jobs by their ids. */
export function presentPlanJobStates({ createdAt, startedAt, finishedAt }: PlanJobRow, jobs: readonly JobTimes[]) {
  return {
    timestamp: toSeconds(finishedAt ?? startedAt ?? createdAt),
    status: Object.fromEntries(jobs.map((job) => [String(job.id), presentStatus(job)])),
  };
}
