import type { Json, JsonObject } from '#domain';

import { accepts } from '#puppet-types';
import type { TaskParameter } from './metadata.js';
import type { Task } from './task.js';

/** Why a task cannot be run like this. `param` is null where it is not about one parameter. */
export interface ParamProblem {
  readonly param: string | null;
  readonly message: string;
}

type Checked = Pick<Task, 'name' | 'metadata'>;

/** Compares parameters with a task's metadata; `null` counts as not given. No problem: the task may be run. */
export function checkParams(task: Checked, params: JsonObject, noop = false): readonly ParamProblem[] {
  const { parameters, supportsNoop } = task.metadata;
  const problems: ParamProblem[] = [];
  if (noop && !supportsNoop) {
    problems.push({ param: null, message: `noop is true, expected false: task ${task.name} does not support it` });
  }
  for (const param of Object.keys(params)) {
    if (param.startsWith('_')) {
      problems.push({ param, message: `parameter '${param}' is not allowed: names that start with _ are reserved` });
    } else if (parameters !== null && !parameters.has(param)) {
      problems.push({ param, message: `parameter '${param}' is not known to task ${task.name}` });
    }
  }
  for (const [param, declared] of parameters ?? []) {
    const value = Object.hasOwn(params, param) ? (params[param] ?? null) : null;
    if (value === null && declared.default !== undefined) continue;
    if (accepts(declared.type, value)) continue;
    const actual = value === null ? 'missing' : describe(value, declared);
    problems.push({ param, message: `parameter '${param}' is ${actual}, expected ${declared.typeText}` });
  }
  return problems;
}

/** The parameters with the defaults of those that were not given. */
export function withDefaults(task: Checked, params: JsonObject): JsonObject {
  const defaults = [...(task.metadata.parameters ?? [])].flatMap(([name, declared]) =>
    declared.default === undefined || (Object.hasOwn(params, name) && params[name] !== null)
      ? []
      : [[name, declared.default] as const],
  );
  return Object.fromEntries([...Object.entries(params), ...defaults]);
}

/** Names of the parameters whose values must not be seen. */
export function sensitiveParams(task: Checked): readonly string[] {
  return [...(task.metadata.parameters ?? [])].flatMap(([name, declared]) => (declared.sensitive ? [name] : []));
}

/** A value's kind, and a short plain one itself where it is no secret. */
function describe(value: Json, { sensitive }: TaskParameter): string {
  const kind = Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const shown = sensitive || typeof value === 'object' ? '' : JSON.stringify(value);
  return shown === '' || shown.length > 40 ? kind : `the ${typeof value} ${shown}`;
}
