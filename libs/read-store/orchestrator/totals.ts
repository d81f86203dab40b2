import type { Spec } from '#domain';
import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';

type JobType = Spec['command'];

/** Name of the kept total of jobs, or of those of one type. */
export function jobsTotal(type?: string): string {
  return type === undefined ? 'jobs' : `jobs:${type}`;
}

const TYPES: readonly JobType[] = ['task', 'deploy'];

export const initialTotals = [undefined, ...TYPES].map((type) => insert('totals', { name: jobsTotal(type), count: 0 }));

/** One job more. */
export function countJob(type: JobType): readonly Operation[] {
  return [jobsTotal(), jobsTotal(type)].map((name) => update('totals', { name }, {}, { count: 1 }));
}
