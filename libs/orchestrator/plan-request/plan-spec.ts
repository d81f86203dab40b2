import type { JsonObject, PlanSpec } from '#domain';
import { store } from '#large-values';
import { checkPlanParams } from '#plan-language';
import type { Plan } from '#plan-language';
import { accepts } from '#puppet-types';
import { ParamsRefused, sealParams, splitParams } from '#specs';
import { DEFAULT_ENVIRONMENT } from '#tasks';
import { planOr404 } from '../plan-catalogue/plan-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { paramsOr400 } from '../task-request/params-or-400.js';
import type { GivenParams } from './wrapped-params.js';

/** What a request says of a plan that is to run; what is left out has its default. */
export interface PlanRequest extends GivenParams {
  readonly plan: string;
  readonly environment?: string | undefined;
  /** In seconds. */
  readonly timeout?: number | undefined;
}

/** Where secrets and large parameters go. */
export type Stores = Pick<OrchestratorPorts, 'sealer' | 'largeValues'>;

/**
 * A plan as it is to run: its parameters checked against its own, secrets sealed, large ones stored.
 * @throws ApiError when environment or plan are unknown, the plan cannot be run, or the parameters do not fit it
 */
export async function planSpecOf(
  { plan: name, environment = DEFAULT_ENVIRONMENT, timeout, params, found }: PlanRequest,
  commandId: string,
  { plans, ...stores }: Stores & Pick<OrchestratorPorts, 'plans'>,
): Promise<PlanSpec> {
  const plan = await planOr404(plans, environment, name);
  const how = { plan: name, environment, found, timeoutS: timeout ?? null };
  return paramsOr400(checkedSpec(plan, how, params, commandId, stores), { plan: name });
}

type How = Pick<PlanSpec, 'plan' | 'environment' | 'found' | 'timeoutS'>;

async function checkedSpec(plan: Plan, how: How, params: JsonObject, commandId: string, stores: Stores) {
  checkParams(plan, { params, found: how.found });
  const sensitive = [...plan.parameters].flatMap(([param, { isSensitive }]) => (isSensitive ? [param] : []));
  return storedSpec(how, params, sensitive, commandId, stores);
}

/** What is found is an array of names. */
function foundProblem(plan: Plan, param: string): { readonly param: string; readonly message: string }[] {
  const declared = plan.parameters.get(param);
  if (!declared) return [{ param, message: `parameter '${param}' is not known to plan ${plan.name}` }];
  if (!declared.isSensitive && accepts(declared.type, ['node.example.com'])) return [];
  return [{ param, message: `parameter '${param}' is nodes that are found, expected ${declared.typeText}` }];
}

/** Which values are found is known only when the plan begins; until then they are taken to fit. */
function checkParams(plan: Plan, { params, found }: GivenParams): void {
  const given = checkPlanParams(plan, params).filter(({ param }) => param === null || !Object.hasOwn(found, param));
  const problems = [...given, ...Object.keys(found).flatMap((param) => foundProblem(plan, param))];
  if (problems.length === 0) return;
  throw new ParamsRefused(
    problems.map(({ message }) => message).join('; '),
    problems.flatMap(({ param }) => param ?? []),
  );
}

/**
 * A plan as it is to run, its parameters unchecked: those that are named sealed, large ones stored.
 * @throws ParamsRefused when the sensitive parameters are too large
 */
export async function storedSpec(
  how: How,
  params: JsonObject,
  sensitiveNames: readonly string[],
  commandId: string,
  { sealer, largeValues }: Stores,
): Promise<PlanSpec> {
  const { open, sensitive } = splitParams(params, sensitiveNames);
  const sealed = sealParams(sensitive, commandId, sealer);
  return { command: 'plan', ...how, noop: false, params: await store(open, largeValues), sealed, concurrency: null };
}
