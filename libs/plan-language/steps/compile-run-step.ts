import { attempt } from '../compile/attempt.js';
import { constant } from '../compile/code.js';
import type { Code } from '../compile/code.js';
import { part, valuesOf } from '../compile/combine.js';
import { spotOf } from '../compile/context.js';
import type { Context } from '../compile/context.js';
import { RUN_FUNCTIONS } from '../functions/run-functions.js';
import { describe } from '../values/describe.js';
import { hashOf, merged } from '../values/hash.js';
import type { Entry } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { EMPTY_HASH } from '../values/plan-error.js';
import { is } from '../values/value.js';
import type { Hash, Value } from '../values/value.js';
import { entryOf } from '../yaml/node.js';
import { checkConstants } from './check-constants.js';
import { checkParameters } from './check-parameters.js';
import type { CheckedStep } from './check-step.js';
import { compileYaml } from './compile-yaml.js';

/** Steps that do what a function does. */
export const STEP_FUNCTIONS = {
  command: 'run_command',
  script: 'run_script',
  task: 'run_task',
  upload: 'upload_file',
  download: 'download_file',
  plan: 'run_plan',
} as const;

/** Keys of a step, and the options of functions that they are. */
const OPTION_KEYS = [
  ['catch_errors', '_catch_errors'],
  ['noop', '_noop'],
  ['run_as', '_run_as'],
  ['env_vars', '_env_vars'],
  ['arguments', 'arguments'],
  ['description', '_description'],
] as const;

/** Makes code of a step that runs something: it calls the function that does. @throws Refusal */
export function compileRunStep(step: CheckedStep, kind: keyof typeof STEP_FUNCTIONS, context: Context): Code {
  const by = STEP_FUNCTIONS[kind];
  checkParameters(step, by, context);
  checkConstants(step, by);
  const spot = spotOf(context, step.action.keyAt);
  const codesOf = (key: string) => {
    const entry = entryOf(step.map, key);
    return entry === null ? [] : [compileYaml(entry.value, context)];
  };
  const [parameters = constant(null)] = codesOf('parameters');
  const options = OPTION_KEYS.flatMap(([key, name]) => codesOf(key).map((code) => ({ name, code })));
  const args = [kind, 'destination', 'targets'].flatMap(codesOf);
  const parts = [parameters, ...options.map(({ code }) => code), ...args].map(part);
  return {
    is: 'course',
    *run(frame) {
      const [given = null, ...rest] = yield* valuesOf(spot, parts, frame);
      const set = options.map(({ name }, i): Entry => [name, rest[i] ?? null]);
      const all = merged(
        attempt(spot, () => expectHash(given)),
        hashOf(set),
      );
      return yield* RUN_FUNCTIONS[by].run([...rest.slice(options.length), all], { frame, spot, lambda: null });
    },
  };
}

function expectHash(value: Value): Hash {
  if (value === null) return EMPTY_HASH;
  if (is('Hash', value)) return value;
  throw new Mistake(`parameters are ${describe(value)}, expected a hash`);
}
