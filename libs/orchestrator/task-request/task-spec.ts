import type { TaskSpec } from '#domain';
import { taskSpec } from '#specs';
import { DEFAULT_ENVIRONMENT } from '#tasks';
import type { OrchestratorPorts } from '../ports.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { checkTargets } from './check-targets.js';
import { paramsOr400 } from './params-or-400.js';
import { targetSecrets, targetSpec } from './target-spec.js';
import type { TaskBody } from './task-body.js';

/**
 * What a request asks to run: checked against the catalogue, secrets sealed, large parameters stored.
 * @throws ApiError when environment or task are unknown, the parameters do not fit the task, or the sensitive ones are
 *   too large for the message in which they go to a node; when its targets contradict themselves or each other
 */
export async function taskSpecOf(
  body: TaskBody,
  commandId: string,
  ports: Pick<OrchestratorPorts, 'catalogue' | 'sealer' | 'largeValues'>,
): Promise<TaskSpec> {
  const { params, environment = DEFAULT_ENVIRONMENT, noop = false, targets = [], timeout, concurrency } = body;
  checkTargets(targets);
  const task = await taskOr404(ports.catalogue, environment, body.task);
  const how = { noop, timeoutS: timeout ?? null, concurrency: concurrency ?? null };
  const run = { task, params, secrets: targetSecrets(targets), ...how };
  const spec = taskSpec({ ...run, ...(targets.length > 0 && { targets: targets.map(targetSpec) }) }, commandId, ports);
  return paramsOr400(spec, { task: body.task });
}
