import type { AppJobSpec } from '#domain';
import { DEFAULT_FAILURE_POLICY } from '#domain';
import type { AppJobRow } from '#read-store';
import { DEFAULT_MISFIRE, misfireObject, overlapName } from '../job-body/policies.js';

/** Keys that Dapr does not have, where they say other than what holds without them. */
function ownKeys({ overlap, misfire, zone, gap, fold }: AppJobSpec, timeZone: string) {
  const { fire, thresholdMs, limit } = DEFAULT_MISFIRE;
  const isUsual = misfire.fire === fire && misfire.thresholdMs === thresholdMs && misfire.limit === limit;
  const dstPolicy = { ...(gap !== 'shift' && { gap }), ...(fold !== 'first' && { fold }) };
  return {
    overlapPolicy: overlap === 'queue' ? undefined : overlapName(overlap),
    misfirePolicy: isUsual ? undefined : misfireObject(misfire),
    dstPolicy: Object.keys(dstPolicy).length === 0 ? undefined : dstPolicy,
    timeZone: zone === timeZone ? undefined : zone,
  };
}

const given = (object: Readonly<Record<string, unknown>>) =>
  Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, JSON.stringify(value)] as const);

/**
 * The JSON of a job as it was sent. A bare one shows its failure policy, also where none was sent.
 * @param data JSON text, which stands in it as it is; null: it has none
 * @param timeZone of schedules that name none
 * @param more what else is to stand there
 */
export function renderJob(
  { name, form, spec }: Pick<AppJobRow, 'name' | 'form' | 'spec'>,
  data: string | null,
  timeZone: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const { schedule, repeats, dueTime, ttl, failurePolicy } = spec;
  const sent = {
    name,
    schedule: schedule ?? undefined,
    repeats: repeats ?? undefined,
    dueTime: dueTime ?? undefined,
    ttl: ttl ?? undefined,
  };
  const policies = {
    failurePolicy: failurePolicy ?? (form === 'bare' ? DEFAULT_FAILURE_POLICY : undefined),
    ...ownKeys(spec, timeZone),
  };
  const members = [
    ...given(sent),
    ...(data === null ? [] : [['data', data] as const]),
    ...given(policies),
    ...given(more),
  ];
  return `{${members.map(([key, json]) => `"${key}":${json}`).join()}}`;
}
