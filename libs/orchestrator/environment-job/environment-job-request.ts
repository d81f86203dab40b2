import type { Scope, Spec } from '#domain';
import { parseInstant } from '#http';
import type { ShownSpec } from '#read-store';
import type { TaskCatalogue } from '#tasks';
import type {
  DeployEnvironmentJobBody,
  ScheduleBody,
  TaskEnvironmentJobBody,
} from '../create-environment-job/create-environment-job.body.js';
import { checkDeployEnvironment, deploySpecOf } from '../deploy-request/deploy-spec.js';
import type { OrchestratorPorts } from '../ports.js';
import { scopeOf } from '../scope/scope-of.js';
import { checkInScope } from '../task-request/check-targets.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { taskSpecOf } from '../task-request/task-spec.js';

export type EnvironmentJobBody = TaskEnvironmentJobBody | DeployEnvironmentJobBody;

type Input = Pick<TaskEnvironmentJobBody, 'type' | 'input'> | Pick<DeployEnvironmentJobBody, 'type' | 'input'>;

/** What is to run, and where. @throws ApiError as `taskSpecOf`, `deploySpecOf` and `scopeOf` do */
export async function whatRuns(
  request: Input,
  environment: string,
  commandId: string,
  ports: OrchestratorPorts,
): Promise<{ readonly spec: Spec; readonly scope: Scope }> {
  const scope = scopeOf(request.input.scope);
  if (request.type === 'deploy') {
    return { scope, spec: await deploySpecOf(request.input, environment, ports.catalogue) };
  }
  const { name: task, parameters, ...input } = request.input;
  checkInScope(input.targets ?? [], scope);
  const params = Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]));
  return { scope, spec: await taskSpecOf({ ...input, task, params, environment }, commandId, ports) };
}

/** Whether what runs can run in another environment too. @throws ApiError when it cannot */
export async function checkEnvironment(environment: string, spec: ShownSpec, catalogue: TaskCatalogue): Promise<void> {
  if (spec.command === 'task') await taskOr404(catalogue, environment, spec.task);
  else await checkDeployEnvironment(environment, spec.enforceEnvironment, catalogue);
}

/** When it is to run. */
export const timingOf = ({ start_time, interval }: ScheduleBody) => ({
  scheduledTimeMs: parseInstant(start_time)!,
  intervalS: interval?.value ?? null,
});
