import type { InvalidPlanKind } from '../../index.js';
import { code, step } from './malformed-plan.js';
import type { MalformedPlan } from './malformed-plan.js';

const SUB = 'parameters:\n  targets: {type: TargetSpec}\n  n: {type: Integer, default: 1}\nsteps: []\n';
const linked = (title: string, files: Readonly<Record<string, string>>, kind: InvalidPlanKind, message: string) => ({
  title,
  files,
  kind,
  message,
});

/** What is wrong with plans that run each other. */
export const SUB_PLANS: readonly MalformedPlan[] = [
  linked(
    'a plan that is not there',
    { main: step('plan: b') },
    'bolt/unknown-plan',
    "main.yaml:2:9: plan 'b' is not known",
  ),
  linked(
    'a plan that is not there, in code',
    { main: code("run_plan('b')") },
    'bolt/unknown-plan',
    "main.yaml:3:3: plan 'b' is not known",
  ),
  linked('a plan that runs itself', { main: step('plan: main') }, 'bolt/cyclic-plans', 'main -> main'),
  linked(
    'plans in a circle',
    { main: step('plan: b'), b: step('plan: c'), c: code("run_plan('b')") },
    'bolt/cyclic-plans',
    'b -> c -> b',
  ),
  linked(
    'an unknown parameter',
    { main: step('plan: b\ntargets: a\nparameters: {m: 1}'), b: SUB },
    'bolt/invalid-plan',
    "parameter 'm' is not known to plan 'b'",
  ),
  linked(
    'a missing parameter',
    { main: step('plan: b'), b: SUB },
    'bolt/invalid-plan',
    "parameter 'targets' of plan 'b' is missing",
  ),
  linked(
    'targets for nobody',
    { main: step('plan: b\ntargets: a'), b: 'steps: []\n' },
    'bolt/invalid-plan',
    "plan 'b' is given targets",
  ),
  linked(
    'a name of a plan that is none',
    { main: step('plan: B') },
    'bolt/invalid-plan',
    "the plan is 'B', expected a name",
  ),
];
