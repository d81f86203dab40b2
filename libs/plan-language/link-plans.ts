import { accepts } from '#puppet-types';

import { InvalidPlan } from './invalid-plan.js';
import type { InvalidPlanKind } from './invalid-plan.js';
import type { Plan, Program, SubPlanCall } from './plan.js';
import { targetsParameter } from './run/run-plan.js';

/**
 * Puts a plan together with all that it may run.
 * @throws InvalidPlan when one is missing, when plans run each other in a circle, or when a plan is given parameters
 * that it does not know, or lacks some, as far as that is plain to see
 */
export function linkPlans(root: string, plans: ReadonlyMap<string, Plan>): Program {
  const first = plans.get(root);
  if (first === undefined) throw new InvalidPlan(`plan '${root}' is not known`, 'bolt/unknown-plan', root, null, null);
  const linked = new Map<string, Plan>();
  const way: { readonly plan: Plan; readonly calls: Iterator<SubPlanCall> }[] = [enter(first)];
  while (way.length > 0) {
    const { plan, calls } = way.at(-1)!;
    const { value: call, done } = calls.next() as IteratorResult<SubPlanCall, undefined>;
    if (done === true) {
      linked.set(plan.name, plan);
      way.pop();
    } else {
      const called = plans.get(call.name);
      if (called === undefined) throw refusal(plan, call, `plan '${call.name}' is not known`, 'bolt/unknown-plan');
      checkCall(plan, call, called);
      const start = way.findIndex((each) => each.plan === called);
      if (start !== -1) {
        const circle = [...way.slice(start).map((each) => each.plan.name), called.name].join(' -> ');
        throw refusal(plan, call, `plans run each other in a circle: ${circle}`, 'bolt/cyclic-plans');
      }
      if (!linked.has(called.name)) way.push(enter(called));
    }
  }
  return { root: first, plans: linked };
}

const enter = (plan: Plan) => ({ plan, calls: plan.subPlanCalls.values() });

const refusal = ({ file }: Plan, { line, column }: SubPlanCall, reason: string, kind: InvalidPlanKind) =>
  new InvalidPlan(reason, kind, file, line, column);

function checkCall(plan: Plan, call: SubPlanCall, called: Plan): void {
  const targets = targetsParameter(called);
  if (call.hasTargets && targets === null) {
    throw refusal(
      plan,
      call,
      `plan '${called.name}' is given targets, expected a plan with a parameter 'targets'`,
      'bolt/invalid-plan',
    );
  }
  if (call.given === null) return;
  const given = new Set(call.given);
  if (call.hasTargets && targets !== null) given.add(targets);
  for (const name of given) {
    if (called.parameters.has(name)) continue;
    const known = [...called.parameters.keys()].join(', ') || 'none';
    throw refusal(
      plan,
      call,
      `parameter '${name}' is not known to plan '${called.name}', expected ${known}`,
      'bolt/invalid-plan',
    );
  }
  for (const [name, { type, typeText, default: otherwise }] of called.parameters) {
    if (given.has(name) || otherwise !== undefined || accepts(type, null)) continue;
    throw refusal(
      plan,
      call,
      `parameter '${name}' of plan '${called.name}' is missing, expected ${typeText}`,
      'bolt/invalid-plan',
    );
  }
}
