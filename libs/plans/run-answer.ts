import type { Json, JsonObject } from '#domain';
import { load, ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';
import type { NodeOutcome } from '#plan-language';
import type { NodeEnd, RunRecord } from './progress.js';

/** What became of a run on each of its nodes, in their order; large results are fetched. */
export async function outcomesOf({ nodes, ends }: RunRecord, largeValues: LargeValues): Promise<NodeOutcome[]> {
  const outcomes: NodeOutcome[] = [];
  for (const target of nodes) outcomes.push({ target, ...(await outcomeOf(target, ends.get(target), largeValues)) });
  return outcomes;
}

type Outcome = Omit<NodeOutcome, 'target'>;

async function outcomeOf(node: string, end: NodeEnd | undefined, largeValues: LargeValues): Promise<Outcome> {
  if (end === undefined || end.state === 'skipped') {
    return failure('puppetlabs.tasks/skipped-node', `The target ${node} was skipped`, {});
  }
  if (end.state === 'errored') return failure(end.error.kind, end.error.msg, end.error.details);
  const value = asObject(end.large === null ? end.result : await whole(end, largeValues));
  // A task may succeed by its exit status and say all the same that it failed.
  const isFailed = end.state === 'failed' || '_error' in value;
  return { status: isFailed ? 'failure' : 'success', value };
}

async function whole(end: Extract<NodeEnd, { result: Json }>, largeValues: LargeValues): Promise<Json> {
  try {
    return await load<Json>(end.large!, largeValues);
  } catch (error) {
    if (error instanceof ValueLost) return end.result;
    throw error;
  }
}

const asObject = (value: Json): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : { _output: value };

const failure = (kind: string, msg: string, details: JsonObject): Outcome => ({
  status: 'failure',
  value: { _error: { kind, msg, details } },
});
