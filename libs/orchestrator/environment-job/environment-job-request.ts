import type { WhatRuns } from '#domain';
import { parseInstant } from '#http';
import type { ScheduledJobRow } from '#read-store';
import type {
  DeployEnvironmentJobBody,
  PlanEnvironmentJobBody,
  ScheduleBody,
  TaskEnvironmentJobBody,
} from '../create-environment-job/create-environment-job.body.js';
import { checkDeployEnvironment, deploySpecOf } from '../deploy-request/deploy-spec.js';
import { planOr404 } from '../plan-catalogue/plan-or-404.js';
import { planSpecOf } from '../plan-request/plan-spec.js';
import { unwrapped } from '../plan-request/wrapped-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { scopeOf } from '../scope/scope-of.js';
import { checkInScope } from '../task-request/check-targets.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { taskSpecOf } from '../task-request/task-spec.js';

export type EnvironmentJobBody = TaskEnvironmentJobBody | DeployEnvironmentJobBody | PlanEnvironmentJobBody;

type InputOf<B extends EnvironmentJobBody> = B extends unknown ? Pick<B, 'type' | 'input'> : never;
type Input = InputOf<EnvironmentJobBody>;

/** What is to run, and where. @throws ApiError as `taskSpecOf`, `planSpecOf`, `deploySpecOf` and `scopeOf` do */
export async function whatRuns(
  request: Input,
  environment: string,
  commandId: string,
  ports: OrchestratorPorts,
): Promise<WhatRuns> {
  if (request.type === 'plan') {
    const { name: plan, parameters, timeout } = request.input;
    const spec = await planSpecOf({ plan, environment, timeout, ...unwrapped(parameters) }, commandId, ports);
    return { spec, scope: null };
  }
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
export async function checkEnvironment(
  environment: string,
  spec: ScheduledJobRow['spec'],
  { catalogue, plans }: Pick<OrchestratorPorts, 'catalogue' | 'plans'>,
): Promise<void> {
  if (spec.command === 'task') await taskOr404(catalogue, environment, spec.task);
  else if (spec.command === 'plan') await planOr404(plans, environment, spec.plan);
  else await checkDeployEnvironment(environment, spec.enforceEnvironment, catalogue);
}

/** When it is to run. */
export const timingOf = ({ start_time, interval }: ScheduleBody) => ({
  scheduledTimeMs: parseInstant(start_time)!,
  intervalS: interval?.value ?? null,
});
