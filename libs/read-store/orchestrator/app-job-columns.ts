import type { AppJobEndReason } from '../app-job-queries.js';

/** Columns of a job of an app that ends. */
export function ended(reason: AppJobEndReason, time: string) {
  return { next_run: null, ended_at: Date.parse(time), end_reason: reason };
}

/** Milliseconds since the epoch of an instant, where there is one. */
export function msOrNull(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}
