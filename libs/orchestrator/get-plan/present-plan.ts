import type { Plan, PlanParameter } from '#plan-language';
import type { Links } from '../links.js';

function presentParameter({ typeText: type, description, default: value, isSensitive }: PlanParameter) {
  return {
    type,
    ...(value !== undefined && !isSensitive && { default_value: value }),
    ...(description !== null && { description }),
  };
}

/** A plan as the API shows it; defaults of sensitive parameters are left out. */
export function presentPlan(
  { name, description, parameters }: Plan,
  environment: string,
  permitted: boolean,
  links: Links,
) {
  const shown = Array.from(parameters, ([param, declared]) => [param, presentParameter(declared)] as const);
  return {
    id: links.plan(name),
    name,
    environment: { name: environment, code_id: null },
    metadata: { ...(description !== null && { description }), parameters: Object.fromEntries(shown) },
    permitted,
  };
}
