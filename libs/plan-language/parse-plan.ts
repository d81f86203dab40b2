import { compile } from './compile/compile.js';
import type { PlanContext } from './compile/context.js';
import { declare, newScope } from './compile/scope.js';
import { InvalidPlan, Refusal } from './invalid-plan.js';
import { QUALIFIED_NAME } from './names.js';
import type { Plan, PlanSource, SubPlanCall } from './plan.js';
import { parseParameters } from './steps/parse-parameters.js';
import { compileSteps } from './steps/parse-steps.js';
import { descriptionOf } from './steps/plain-text.js';
import { refuseIdleCall } from './steps/refuse-idle-call.js';
import { linesOf } from './yaml/lines.js';
import type { Locate } from './yaml/lines.js';
import { entryOf, shown } from './yaml/node.js';
import type { YamlMap } from './yaml/node.js';
import { readYaml } from './yaml/read-yaml.js';

/** Characters that the text of a plan may have. */
export const MAX_PLAN_LENGTH = 1024 * 1024;

/**
 * Reads a plan in Bolt's YAML format and makes it ready to run. Whatever cannot be run is refused here.
 * @throws InvalidPlan
 * @see https://puppetlabs.github.io/bolt/writing_yaml_plans.html
 */
export function parsePlan(source: PlanSource): Plan {
  const locate = linesOf(source.text);
  try {
    return parse(source, locate);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { line, column } = locate(error.at);
    throw new InvalidPlan(error.message, error.kind, source.file, line, column);
  }
}

const KEYS = ['parameters', 'private', 'steps', 'return', 'version', 'description'];

function parse({ name, file, text }: PlanSource, locate: Locate): Plan {
  if (!QUALIFIED_NAME.test(name))
    throw new InvalidPlan(
      `the plan's name is '${name}', expected one such as module::plan`,
      'bolt/invalid-plan',
      file,
      null,
      null,
    );
  if (text.length > MAX_PLAN_LENGTH) {
    throw new InvalidPlan(
      `the plan has ${text.length} characters, expected at most ${MAX_PLAN_LENGTH}`,
      'bolt/invalid-plan',
      file,
      null,
      null,
    );
  }
  const top = readYaml(text);
  if (top.is !== 'map') throw new Refusal(`the plan is ${shown(top)}, expected a hash`, top.at);
  checkKeys(top);
  const steps = entryOf(top, 'steps');
  if (steps === null) throw new Refusal("the plan has no 'steps', expected an array of them", top.at);
  const parameters = entryOf(top, 'parameters');
  const known = parameters === null ? new Map<string, never>() : parseParameters(parameters.value);
  const slots = { count: 0 };
  const scope = newScope(null, slots);
  for (const parameter of known.keys()) declare(scope, parameter);
  const subPlanCalls: SubPlanCall[] = [];
  const plan: PlanContext = { name, file, locate, subPlanCalls, compile };
  const context = { plan, step: null, toFile: (at: number) => at, scope, within: 'nothing' } as const;
  const returned = entryOf(top, 'return')?.value ?? null;
  if (returned !== null) refuseIdleCall('return', returned);
  const body = compileSteps(steps.value, returned, context);
  return {
    name,
    file,
    description: descriptionOf('description', entryOf(top, 'description')?.value ?? null),
    isPrivate: isPrivate(top),
    parameters: known,
    subPlans: [...new Set(subPlanCalls.map((call) => call.name))],
    subPlanCalls,
    body,
    variables: slots.count,
  };
}

function checkKeys(top: YamlMap): void {
  const unknown = top.entries.find(({ key }) => !KEYS.includes(key));
  if (unknown === undefined) return;
  throw new Refusal(`key '${unknown.key}' is not known in a plan, expected ${KEYS.join(', ')}`, unknown.keyAt);
}

function isPrivate(top: YamlMap): boolean {
  const node = entryOf(top, 'private')?.value ?? null;
  if (node === null) return false;
  if (node.is === 'scalar' && typeof node.value === 'boolean') return node.value;
  throw new Refusal(`private is ${shown(node)}, expected true or false`, node.at);
}
