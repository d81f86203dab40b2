import { INLINE_BYTES } from '#agent-protocol';
import type { JsonObject, SealedParams, TaskSpec } from '#domain';
import { invalid } from '#http';
import { store } from '#large-values';
import type { Sealer } from '#sealing';
import { checkParams, DEFAULT_ENVIRONMENT, sensitiveParams } from '#tasks';
import type { OrchestratorPorts } from '../ports.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { checkTargets } from './check-targets.js';
import { targetSpec } from './target-spec.js';
import type { TaskBody } from './task-body.js';

function seal(params: JsonObject, names: readonly string[], commandId: string, sealer: Sealer): SealedParams | null {
  const given = names.filter((name) => Object.hasOwn(params, name));
  if (given.length === 0) return null;
  const bytes = Buffer.byteLength(JSON.stringify(Object.fromEntries(given.map((name) => [name, params[name]!]))));
  if (bytes > INLINE_BYTES) {
    throw invalid(
      `The sensitive parameters ${given.join(', ')} have ${bytes} bytes of JSON together, expected at most ${INLINE_BYTES}`,
      { params: given },
    );
  }
  const values = given.map((name) => [name, sealer.seal(commandId, name, params[name]!)]);
  return { commandId, values: Object.fromEntries(values) as Record<string, string> };
}

/**
 * What a request asks to run: checked against the catalogue, secrets sealed, large parameters stored.
 * @throws ApiError when environment or task are unknown, the parameters do not fit the task, or the sensitive ones are
 *   too large for the message in which they go to a node; when its targets contradict themselves or each other
 */
export async function taskSpecOf(
  body: TaskBody,
  commandId: string,
  { catalogue, sealer, largeValues }: Pick<OrchestratorPorts, 'catalogue' | 'sealer' | 'largeValues'>,
): Promise<TaskSpec> {
  const { params, environment = DEFAULT_ENVIRONMENT, noop = false, targets = [] } = body;
  checkTargets(targets);
  const task = await taskOr404(catalogue, environment, body.task);
  const problems = checkParams(task, params, noop);
  if (problems.length > 0) {
    throw invalid(problems.map(({ message }) => message).join('; '), {
      task: body.task,
      params: problems.flatMap(({ param }) => param ?? []),
    });
  }
  const sensitive = sensitiveParams(task);
  const open = Object.fromEntries(Object.entries(params).filter(([name]) => !sensitive.includes(name)));
  return {
    command: 'task',
    task: body.task,
    environment,
    noop,
    params: await store(open, largeValues),
    sealed: seal(params, sensitive, commandId, sealer),
    timeoutS: body.timeout ?? null,
    concurrency: body.concurrency ?? null,
    ...(targets.length > 0 && {
      targets: targets.map((target, index) => targetSpec(target, index, commandId, sealer)),
    }),
  };
}
