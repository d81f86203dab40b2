import { NotRunnable } from './not-runnable.js';
import { puppetCommand } from './puppet/puppet-command.js';
import type { RunContext } from './run.js';
import type { Attempt, Exit, RunFolder } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { taskCommand } from './task-command.js';
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
 * Starts the task or Puppet run of a run. Its process is on disk before it begins, so that whatever happens to the
 * agent, the next one knows it.
 * @returns null when the run was stopped before
 * @throws NotRunnable when it cannot be started
 */
export async function startAttempt(
  folder: RunFolder,
  number: number,
  secrets: Secrets,
  context: Pick<RunContext, 'dispatch' | 'files' | 'env' | 'puppet' | 'knownHosts'>,
  stopping: AbortSignal,
): Promise<StartedAttempt | null> {
  const { message } = folder;
  const attemptFolder = await folder.newAttempt();
  const own = { DAYBOOK_ATTEMPT: String(number) };
  const command =
    message.kind === 'task'
      ? await taskCommand(message, { run: folder.path, attempt: attemptFolder }, secrets, own, context)
      : puppetCommand(message, attemptFolder, context.puppet, own, context.env);
  if (stopping.aborted) return null;
  const process = await prepareProcess(command, attemptFolder).catch((error: unknown) => {
    throw new NotRunnable(`The run cannot be started: ${(error as Error).message}`);
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
