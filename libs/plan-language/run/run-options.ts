import type { InvalidPlanKind } from '../invalid-plan.js';
import { describe } from '../values/describe.js';
import { entriesOf, hashOf, valueAt } from '../values/hash.js';
import { holdsSensitive, toOpenJson } from '../values/json.js';
import { Mistake } from '../values/mistake.js';
import { print } from '../values/print.js';
import { is, isList } from '../values/value.js';
import type { Hash, Value } from '../values/value.js';

/** How something is run. */
export interface RunOptions {
  readonly catchErrors: boolean;
  readonly description: string | null;
  readonly runAs: string | null;
  /** Seconds; null: the driver decides. */
  readonly timeoutS: number | null;
  readonly noop: boolean;
  readonly envVars: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
  /** Which of environment and arguments hold sensitive values. */
  readonly sensitive: readonly ('env_vars' | 'arguments')[];
  /** Seconds that `wait_until_available` waits. */
  readonly waitS: number;
}

const USUAL_WAIT_S = 120;

/** Names of the options that each function knows. */
export const OPTIONS = {
  run_task: ['_catch_errors', '_description', '_run_as', '_timeout', '_noop'],
  run_command: ['_catch_errors', '_description', '_run_as', '_timeout', '_env_vars'],
  run_script: ['_catch_errors', '_description', '_run_as', '_timeout', '_env_vars', 'arguments'],
  upload_file: ['_catch_errors', '_description', '_run_as', '_timeout'],
  download_file: ['_catch_errors', '_description', '_run_as', '_timeout'],
  run_plan: ['_catch_errors', '_description', '_run_as'],
  wait_until_available: ['_catch_errors', '_description', 'description', 'wait_time', 'retry_interval'],
} as const;

/** A function that takes options. */
export type RunningFunctionName = keyof typeof OPTIONS;

/** Why a function does not know an option. */
export interface OptionProblem {
  readonly reason: string;
  readonly kind: InvalidPlanKind;
}

/** Null: the function knows the option, or the name is one of a parameter. */
export function optionProblem(by: RunningFunctionName, name: string): OptionProblem | null {
  const takesParameters = by === 'run_task' || by === 'run_plan';
  const known: readonly string[] = OPTIONS[by];
  if (known.includes(name) || (takesParameters && !name.startsWith('_'))) return null;
  if (name === 'pwsh_params') return { reason: "'pwsh_params' is not supported", kind: 'bolt/not-supported' };
  const reason = `option '${name}' is not known to ${by}, expected ${known.join(', ')}`;
  return { reason, kind: 'bolt/invalid-plan' };
}

/** Takes the options out of what is given to a function. @throws Mistake when it does not know one, or it is wrong */
export function readOptions(by: RunningFunctionName, given: Hash): { options: RunOptions; rest: Hash } {
  for (const [key] of entriesOf(given)) {
    if (typeof key !== 'string') throw new Mistake(`a key is ${describe(key)}, expected a string`);
    const problem = optionProblem(by, key);
    if (problem !== null) throw new Mistake(problem.reason);
  }
  const at = (name: string) => valueAt(given, name) ?? null;
  const known: readonly Value[] = OPTIONS[by];
  return {
    options: {
      catchErrors: boolean('_catch_errors', at('_catch_errors')),
      description: text(
        '_description',
        at('_description') ?? (by === 'wait_until_available' ? at('description') : null),
      ),
      runAs: text('_run_as', at('_run_as')),
      timeoutS: seconds('_timeout', at('_timeout')),
      noop: boolean('_noop', at('_noop')),
      envVars: environment(at('_env_vars')),
      arguments: by === 'run_script' ? texts('arguments', at('arguments')) : [],
      sensitive: [
        ...(holdsSensitive(at('_env_vars')) ? (['env_vars'] as const) : []),
        ...(holdsSensitive(at('arguments')) ? (['arguments'] as const) : []),
      ],
      waitS: seconds('wait_time', by === 'wait_until_available' ? at('wait_time') : null) ?? USUAL_WAIT_S,
    },
    rest: hashOf(entriesOf(given).filter(([key]) => !known.includes(key))),
  };
}

const wrong = (name: string, value: Value, expected: string) =>
  new Mistake(`${name} is ${describe(value)}, expected ${expected}`);

function boolean(name: string, value: Value): boolean {
  if (value === null || typeof value === 'boolean') return value ?? false;
  throw wrong(name, value, 'true or false');
}

function text(name: string, value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  throw wrong(name, value, 'a string');
}

/** @throws Mistake */
export function seconds(name: string, value: Value): number | null {
  if (value === null || (typeof value === 'number' && value >= 1)) return value;
  throw wrong(name, value, 'a number of seconds, at least 1');
}

function texts(name: string, value: Value): readonly string[] {
  if (value === null) return [];
  if (!isList(value)) throw wrong(name, value, 'an array of strings');
  return value.map((each) => plainText(name, each));
}

function environment(value: Value): Readonly<Record<string, string>> {
  if (value === null) return {};
  if (!is('Hash', value)) throw wrong('_env_vars', value, 'a hash of names to strings');
  return Object.fromEntries(
    entriesOf(value).map(([key, each]) => {
      if (typeof key !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
        throw wrong('a name in _env_vars', key, "letters, digits and '_'");
      }
      return [key, isList(each) || is('Hash', each) ? JSON.stringify(toOpenJson(each)) : plainText(key, each)];
    }),
  );
}

/** A text for a process; numbers and booleans are written out. */
function plainText(name: string, value: Value): string {
  if (value === null || isList(value) || is('Hash', value)) throw wrong(`an element of ${name}`, value, 'a string');
  return is('Sensitive', value) ? plainText(name, value.value) : print(value);
}
