import { INLINE_BYTES } from '#agent-protocol';
import type { JsonObject, SealedParams, TaskSpec } from '#domain';
import { invalid } from '#http';
import { store } from '#large-values';
import type { Sealer } from '#sealing';
import { checkParams, DEFAULT_ENVIRONMENT, sensitiveParams } from '#tasks';
import type { OrchestratorPorts } from '../ports.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { checkTargets } from './check-targets.js';
import { targetSecrets, targetSpec } from './target-spec.js';
import type { TaskBody } from './task-body.js';

/** The sensitive parameters of those that were given. */
function sensitiveOf(params: JsonObject, names: readonly string[]): JsonObject {
  const given = names.filter((name) => Object.hasOwn(params, name));
  const values = Object.fromEntries(given.map((name) => [name, params[name]!]));
  const bytes = Buffer.byteLength(JSON.stringify(values));
  if (bytes > INLINE_BYTES) {
    throw invalid(
      `The sensitive parameters ${given.join(', ')} have ${bytes} bytes of JSON together, expected at most ${INLINE_BYTES}`,
      { params: given },
    );
  }
  return values;
}

function seal(secrets: JsonObject, commandId: string, sealer: Sealer): SealedParams | null {
  const values = Object.entries(secrets).map(([name, value]) => [name, sealer.seal(commandId, name, value)] as const);
  return values.length === 0 ? null : { commandId, values: Object.fromEntries(values) };
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
    sealed: seal({ ...sensitiveOf(params, sensitive), ...targetSecrets(targets) }, commandId, sealer),
    timeoutS: body.timeout ?? null,
    concurrency: body.concurrency ?? null,
    ...(targets.length > 0 && { targets: targets.map(targetSpec) }),
  };
}
