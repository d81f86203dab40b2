import type { PlanAction, Spec } from '#domain';
import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';

/** A job by what it does, or by what a plan has it do. */
export type JobType = Spec['command'] | `plan_${PlanAction}`;

/** Name of the kept total of jobs, or of those of one type. */
export function jobsTotal(type?: string): string {
  return type === undefined ? 'jobs' : `jobs:${type}`;
}

export const JOB_TYPES = [
  'task',
  'deploy',
  'plan_task',
  'plan_command',
  'plan_script',
  'plan_upload',
  'plan_download',
  'plan_wait',
] as const satisfies readonly JobType[];

/** Name of the kept total of plan jobs. */
export const PLAN_JOBS_TOTAL = 'plan_jobs';

const NAMES = [PLAN_JOBS_TOTAL, ...[undefined, ...JOB_TYPES].map(jobsTotal)];

export const initialTotals = NAMES.map((name) => insert('totals', { name, count: 0 }));

/** One job more. */
export function countJob(type: JobType): readonly Operation[] {
  return [jobsTotal(), jobsTotal(type)].map((name) => update('totals', { name }, {}, { count: 1 }));
}
