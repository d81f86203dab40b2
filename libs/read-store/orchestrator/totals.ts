import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';

/** Name of the kept total of a list, or of its rows of one type. */
export function totalName(list: 'scheduled_jobs' | 'jobs', type?: string): string {
  return type === undefined ? list : `${list}:${type}`;
}

const SCHEDULED_JOBS = [totalName('scheduled_jobs'), totalName('scheduled_jobs', 'task')];
const JOBS = [totalName('jobs'), totalName('jobs', 'task')];

export const initialTotals = [...SCHEDULED_JOBS, ...JOBS].map((name) => insert('totals', { name, count: 0 }));

export function countScheduledJobs(change: 1 | -1): readonly Operation[] {
  return SCHEDULED_JOBS.map((name) => update('totals', { name }, {}, { count: change }));
}

export function countJobs(change: 1): readonly Operation[] {
  return JOBS.map((name) => update('totals', { name }, {}, { count: change }));
}
