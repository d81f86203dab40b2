import type { EventData, Json } from '#domain';
import { store } from '#large-values';
import type { LargeValues } from '#large-values';

/** What a plan came to, as the event of its end says it. */
export type PlanResult = Pick<EventData['daybook.plan-job.finished'], 'result' | 'large'>;

/** A result as the end of a plan carries it; one above 64 kB of JSON is stored beside the log first, and null in it. */
export async function planResult(result: Json, largeValues: LargeValues): Promise<PlanResult> {
  const stored = await store(result, largeValues);
  return 'value' in stored ? { result: stored.value, large: null } : { result: null, large: stored };
}
