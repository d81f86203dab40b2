import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import type { JsonObject } from '#domain';

import type { Dispatch } from './dispatch.js';
import { NotRunnable } from './not-runnable.js';
import type { RunContext } from './run.js';
import { runAsCommand } from './run-as/run-as-command.js';
import type { KeptTask } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { sshCommand } from './ssh/ssh-command.js';
import { inheritedEnvironment, taskInput } from './task-input.js';
import type { Command } from './task-process.js';

/**
 * What runs a task, with its files in place: its executable, or what gives it to its target or user.
 * @param folders the files are installed below that of the run
 * @param own what every task of ours finds in its environment
 * @throws NotRunnable when a file or its parameters cannot be had
 */
export async function taskCommand(
  task: KeptTask,
  folders: { readonly run: string; readonly attempt: string },
  secrets: Secrets,
  own: Readonly<Record<string, string>>,
  { dispatch, files, env, knownHosts }: Pick<RunContext, 'dispatch' | 'files' | 'env' | 'knownHosts'>,
): Promise<Command> {
  if (!task.files.some((file) => file.path === task.executable)) {
    throw new NotRunnable(`The executable is '${task.executable}', expected one of the task's files`);
  }
  const { target, runAs } = task;
  const cwd = join(folders.run, 'installed');
  const isHere = target === null && runAs === null;
  const remoteDir = isHere ? null : `${target?.tmpdir ?? '/tmp'}/daybook-${randomBytes(12).toString('hex')}`;
  const params = 'value' in task.params ? task.params.value : await fetchObject(task.params.sha256, dispatch);
  const known = task.files.length > 1 ? (remoteDir ?? cwd) : null;
  const given = taskInput(task, { ...params, ...secrets.params }, known);
  const input = { ...given, env: { ...given.env, ...own } };
  await files.install(task.files, cwd);
  const inherited = inheritedEnvironment(env);
  if (remoteDir === null) {
    const executable = join(cwd, task.executable);
    return { executable, args: [], cwd, env: { ...inherited, ...input.env }, stdin: input.stdin };
  }
  const elsewhere = { ...task, folder: remoteDir, input };
  const remote =
    target === null
      ? runAsCommand(elsewhere, runAs!, folders.attempt, inherited)
      : await sshCommand({ ...elsewhere, target, secrets: secrets.target }, folders.attempt, knownHosts, inherited);
  const [executable, ...args] = remote.command as [string, ...string[]];
  return { executable, args, cwd, env: remote.env, stdin: remote.stdin };
}

async function fetchObject(sha256: string, dispatch: Pick<Dispatch, 'fetch'>): Promise<JsonObject> {
  return JSON.parse((await dispatch.fetch(sha256)).toString()) as JsonObject;
}
