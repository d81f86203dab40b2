import type { TaskRunMessage } from '#agent-protocol';
import type { Json, JsonObject } from '#domain';

import { NotRunnable } from './not-runnable.js';

export interface TaskInput {
  readonly stdin: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What Linux takes as one variable is 128 KiB with its name, and for all of them together 2 MiB at the least. */
const VARIABLE_BYTES = 120 * 1024;
const ALL_BYTES = 1024 * 1024;

/**
 * A task's parameters as its input method wants them. With `both`, what does not fit in the environment is on standard
 * input only.
 * @param installDir null where the task needs no other files.
 * @throws NotRunnable when the environment is the only way and cannot hold a value
 */
export function taskInput(
  message: Pick<TaskRunMessage, 'task' | 'noop' | 'inputMethod'>,
  params: JsonObject,
  installDir: string | null,
): TaskInput {
  const all: JsonObject = {
    ...params,
    _task: message.task,
    ...(message.noop && { _noop: true }),
    ...(installDir !== null && { _installdir: installDir }),
  };
  switch (message.inputMethod) {
    case 'stdin':
      return { stdin: JSON.stringify(all), env: {} };
    case 'environment':
      return { stdin: '', env: variables(all, true) };
    case 'both':
      return { stdin: JSON.stringify(all), env: variables(all, false) };
    case 'powershell':
      throw new NotRunnable('input_method is powershell, expected one that this node has: stdin, environment or both');
  }
}

function variables(params: JsonObject, isOnlyWay: boolean): Record<string, string> {
  let bytes = 0;
  const fitting = Object.entries(params).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const size = Buffer.byteLength(text) + name.length;
    const fits = /^\w+$/.test(name) && !text.includes('\0') && size <= VARIABLE_BYTES && bytes + size <= ALL_BYTES;
    if (!fits && isOnlyWay) throw new NotRunnable(`parameter '${name}' does not fit in an environment variable`);
    if (fits) bytes += size;
    return fits ? [[`PT_${name}`, text]] : [];
  });
  return Object.fromEntries(fitting) as Record<string, string>;
}

/** The agent's environment without what is its own: its settings and credentials are not for tasks. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(DAYBOOK_|NATS_|DATABASE_URL$|DAPR_|NODE_|npm_|PT_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

/** String and number leaves of the sensitive parameters, as text. */
export function secretTexts(secrets: JsonObject): readonly string[] {
  const found = new Set<string>();
  const open: Json[] = [secrets];
  while (open.length > 0) {
    const value = open.pop()!;
    if (typeof value === 'string' || typeof value === 'number') found.add(String(value));
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) open.push(each);
  }
  found.delete('');
  return [...found];
}
