import { join } from 'node:path';

import type { JsonObject } from '#domain';

import type { Dispatch } from './dispatch.js';
import { NotRunnable } from './not-runnable.js';
import type { RunContext } from './run.js';
import type { KeptTask } from './run-folder.js';
import { inheritedEnvironment, taskInput } from './task-input.js';
import type { Command } from './task-process.js';

/**
 * What runs a task, with its files in place.
 * @param runFolder the files are installed below it
 * @throws NotRunnable when a file or its parameters cannot be had
 */
export async function taskCommand(
  task: KeptTask,
  runFolder: string,
  secrets: JsonObject,
  { dispatch, files, env }: Pick<RunContext, 'dispatch' | 'files' | 'env'>,
): Promise<Command> {
  if (!task.files.some((file) => file.path === task.executable)) {
    throw new NotRunnable(`The executable is '${task.executable}', expected one of the task's files`);
  }
  const installDir = join(runFolder, 'installed');
  const params = 'value' in task.params ? task.params.value : await fetchObject(task.params.sha256, dispatch);
  const input = taskInput(task, { ...params, ...secrets }, task.files.length > 1 ? installDir : null);
  await files.install(task.files, installDir);
  return {
    executable: join(installDir, task.executable),
    args: [],
    cwd: installDir,
    env: { ...inheritedEnvironment(env), ...input.env },
    stdin: input.stdin,
  };
}

async function fetchObject(sha256: string, dispatch: Pick<Dispatch, 'fetch'>): Promise<JsonObject> {
  return JSON.parse((await dispatch.fetch(sha256)).toString()) as JsonObject;
}
