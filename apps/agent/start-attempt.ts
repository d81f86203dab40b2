import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import type { JsonObject } from '#domain';

import type { Dispatch } from './dispatch.js';
import { NotRunnable } from './not-runnable.js';
import type { RunContext } from './run.js';
import type { Attempt, Exit, RunFolder } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { sshCommand } from './ssh/ssh-command.js';
import { inheritedEnvironment, taskInput } from './task-input.js';
import { prepareProcess } from './task-process.js';

/** An attempt whose process is our child. */
export interface StartedAttempt {
  readonly attempt: Attempt;
  readonly ended: Promise<void>;
  readonly hasEnded: boolean;
  /** As the process itself told; null while it runs, or where a signal ended it. */
  readonly exit: Exit | null;
}

/**
 * Starts a run's task. Its process is on disk before the task begins, so that whatever happens to the agent, the next
 * one knows it.
 * @returns null when the run was stopped before
 * @throws NotRunnable when it cannot be started
 */
export async function startAttempt(
  folder: RunFolder,
  number: number,
  secrets: Secrets,
  { dispatch, files, env, knownHosts }: Pick<RunContext, 'dispatch' | 'files' | 'env' | 'knownHosts'>,
  stopping: AbortSignal,
): Promise<StartedAttempt | null> {
  const { message } = folder;
  const { target } = message;
  if (!message.files.some((file) => file.path === message.executable)) {
    throw new NotRunnable(`The executable is '${message.executable}', expected one of the task's files`);
  }
  const installDir = join(folder.path, 'installed');
  const params = 'value' in message.params ? message.params.value : await fetchObject(message.params.sha256, dispatch);
  const remoteDir = target && `${target.tmpdir ?? '/tmp'}/daybook-${randomBytes(12).toString('hex')}`;
  const known = message.files.length > 1 ? (remoteDir ?? installDir) : null;
  const input = taskInput(message, { ...params, ...secrets.params }, known);
  const attemptEnv = { ...input.env, DAYBOOK_ATTEMPT: String(number) };
  await files.install(message.files, installDir);
  if (stopping.aborted) return null;
  const attemptFolder = await folder.newAttempt();
  const task =
    target && remoteDir
      ? await sshCommand(
          { ...message, target, secrets: secrets.target, folder: remoteDir, input: { ...input, env: attemptEnv } },
          attemptFolder,
          knownHosts,
        )
      : { command: [join(installDir, message.executable)], env: attemptEnv, stdin: input.stdin };
  const process = await prepareProcess({
    ...task,
    folder: attemptFolder,
    cwd: installDir,
    env: { ...inheritedEnvironment(env), ...task.env },
  }).catch((error: unknown) => {
    throw new NotRunnable(`The task cannot be started: ${(error as Error).message}`);
  });
  const attempt: Attempt = {
    number,
    startedAt: new Date().toISOString(),
    process: process.identity,
    folder: attemptFolder,
  };
  try {
    await folder.recordProcess(attempt);
  } catch (error) {
    process.abandon();
    throw error;
  }
  process.begin();

  let hasEnded = false;
  let exit: Exit | null = null;
  const ended = process.ended.then((code) => {
    hasEnded = true;
    if (code !== null) exit = { code, finishedAt: new Date().toISOString() };
  });
  return {
    attempt,
    ended,
    get hasEnded() {
      return hasEnded;
    },
    get exit() {
      return exit;
    },
  };
}

async function fetchObject(sha256: string, dispatch: Pick<Dispatch, 'fetch'>): Promise<JsonObject> {
  return JSON.parse((await dispatch.fetch(sha256)).toString()) as JsonObject;
}
