import { ApiError, invalid } from '#http';
import { InvalidPlan } from '#plan-language';
import type { Plan } from '#plan-language';
import type { PlanCatalogue } from '#plans';
import { inEnvironment } from '../task-catalogue/in-environment.js';

/** @throws ApiError when environment or plan are unknown, or the plan cannot be run */
export async function planOr404(plans: PlanCatalogue, environment: string, name: string): Promise<Plan> {
  const found = await inEnvironment(environment, plans.find(environment, name)).catch((error: unknown) => {
    throw error instanceof InvalidPlan ? asInvalid(error) : error;
  });
  if (!found) throw new ApiError('unknown-plan', `Unknown plan ${name} in ${environment}`, { environment, plan: name });
  return found.plan;
}

const asInvalid = ({ message, kind, file, line, column }: InvalidPlan) =>
  invalid(message, { kind, file, line, column });
