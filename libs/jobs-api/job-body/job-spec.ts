import type { AppJobSpec } from '#domain';
import type { JobBody } from './job-body.js';
import { DEFAULT_MISFIRE } from './policies.js';

/** What holds where a body says nothing. @param timeZone of schedules that name none */
export function specOf(body: Omit<JobBody, 'data' | 'form' | 'overwrite'>, timeZone: string): AppJobSpec {
  return {
    schedule: body.schedule ?? null,
    dueTime: body.dueTime ?? null,
    ttl: body.ttl ?? null,
    repeats: body.repeats ?? null,
    failurePolicy: body.failurePolicy ?? null,
    overlap: body.overlapPolicy ?? 'queue',
    misfire: body.misfirePolicy ?? DEFAULT_MISFIRE,
    zone: body.timeZone ?? timeZone,
    gap: body.dstPolicy?.gap ?? 'shift',
    fold: body.dstPolicy?.fold ?? 'first',
  };
}
