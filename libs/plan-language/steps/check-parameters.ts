import type { Context } from '../compile/context.js';
import { Refusal } from '../invalid-plan.js';
import { QUALIFIED_NAME } from '../names.js';
import { optionProblem } from '../run/run-options.js';
import type { RunningFunctionName } from '../run/run-options.js';
import { entryOf, shown } from '../yaml/node.js';
import type { YamlMap } from '../yaml/node.js';
import type { CheckedStep } from './check-step.js';
import { codeKind } from './compile-yaml.js';
import { plainText } from './plain-text.js';

/**
 * Looks at what a step runs and gives to it as far as it is plain to see, and notes the plan that a step runs.
 * @throws Refusal
 */
export function checkParameters({ kind, action, map }: CheckedStep, by: RunningFunctionName, context: Context): void {
  const parameters = entryOf(map, 'parameters')?.value ?? null;
  if (
    parameters !== null &&
    parameters.is !== 'map' &&
    !(parameters.is === 'scalar' && (codeKind(parameters) !== null || parameters.value === null))
  ) {
    throw new Refusal(`parameters are ${shown(parameters)}, expected a hash`, parameters.at);
  }
  if (parameters?.is === 'map') checkNames(parameters, map, by);
  if (kind !== 'plan') return;
  const name = plainText('the name of the plan', action.value);
  if (!QUALIFIED_NAME.test(name))
    throw new Refusal(`the plan is '${name}', expected a name such as module::plan`, action.value.at);
  context.plan.subPlanCalls.push({
    name,
    given: givenNames(parameters),
    hasTargets: entryOf(map, 'targets') !== null,
    ...context.plan.locate(action.value.at),
  });
}

function checkNames(parameters: YamlMap, step: YamlMap, by: RunningFunctionName): void {
  for (const { key, keyAt } of parameters.entries) {
    const problem = optionProblem(by, key);
    if (problem !== null) throw new Refusal(problem.reason, keyAt, problem.kind);
    if (key.startsWith('_') && entryOf(step, key.slice(1)) !== null) {
      throw new Refusal(`'${key}' is given beside '${key.slice(1)}', expected one of them`, keyAt);
    }
  }
}

function givenNames(parameters: YamlMap | { readonly is: 'scalar' | 'list' } | null): readonly string[] | null {
  if (parameters === null) return [];
  return 'entries' in parameters
    ? parameters.entries.map(({ key }) => key).filter((key) => !key.startsWith('_'))
    : null;
}
