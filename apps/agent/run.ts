import { setTimeout as delay } from 'node:timers/promises';

import type { ErroredReport } from '#agent-protocol';
import { isAlive } from '#platform';

import type { Dispatch } from './dispatch.js';
import { endedReport } from './ended-report.js';
import type { FileCache } from './file-cache.js';
import { executionFailure, FileMissing, LOST, NotRunnable, STOPPED, STOPPED_BEFORE_START } from './not-runnable.js';
import type { Outbox } from './outbox.js';
import type { Attempt, Ending, Exit, RunFolder } from './run-folder.js';
import { NO_SECRETS } from './secrets.js';
import type { Secrets } from './secrets.js';
import { startAttempt } from './start-attempt.js';
import type { StartedAttempt } from './start-attempt.js';
import { endGroup, GRACE_MS } from './task-process.js';
import type { Turn } from './turns.js';
import { aborted, becomes, until } from './waiting.js';

export interface RunContext {
  readonly dispatch: Dispatch;
  readonly files: FileCache;
  readonly outbox: Outbox;
  /** What tasks inherit. */
  readonly env: NodeJS.ProcessEnv;
  /** File with the keys of hosts that were met over ssh. */
  readonly knownHosts: string;
  /** What runs Puppet: a program and its arguments. */
  readonly puppet: readonly string[];
  readonly onError: (error: unknown) => void;
}

/** A run from the moment it was written down until its end is in the outbox. */
export interface Run {
  /** Whether it cannot go on before its message comes again. */
  readonly isWaiting: boolean;
  /** Tells it that its message came again, with these secrets. */
  supply(secrets: Secrets): void;
  /** Ends the task where it runs and lets it never start otherwise; once this returns that survives a power failure. */
  stop(): Promise<void>;
}

const RETRY_MS = 1_000;

export const endedReportId = (runId: string) => `${runId}/ended`;

/**
 * Carries a run to its end, from wherever its folder says it is: each turn looks at what is on disk and takes the one
 * step that follows, so a restarted agent needs no other path than the first.
 * @param given null: the secrets are not known (any more).
 * @param turn with which it starts its task; a task that was found running does not wait for it
 */
export function openRun(folder: RunFolder, context: RunContext, given: Secrets | null, turn: Turn): Run {
  const { message } = folder;
  const stopping = new AbortController();
  let secrets = message.kind === 'task' && message.hasSecrets ? given : NO_SECRETS;
  let onSupplied: (() => void) | null = null;
  let hasAskedForFiles = false;
  let reportedAttempt = 0;
  let child: StartedAttempt | null = null;
  let failure: NotRunnable | null = null;

  /** Null: the run was stopped while waiting for them. */
  async function receiveSecrets(): Promise<Secrets | null> {
    if (secrets === null) await messageAgain();
    return secrets;
  }

  /** Resolves when the message has come again, or the run was stopped. */
  async function messageAgain(): Promise<void> {
    const scope = new AbortController();
    const supplied = new Promise<void>((resolve) => (onSupplied = resolve));
    await Promise.race([supplied, aborted(stopping.signal, scope.signal)]);
    onSupplied = null;
    scope.abort();
  }

  /** Resolves when the task may start, or the run was stopped. */
  async function myTurn(): Promise<void> {
    const scope = new AbortController();
    await Promise.race([turn.begun, aborted(stopping.signal, scope.signal)]);
    scope.abort();
  }

  /** Takes the next step; true: the run's end is in the outbox. */
  async function step(): Promise<boolean> {
    const attempt = await folder.lastAttempt();
    if (failure !== null) return reportError(executionFailure(failure.message), attempt);
    if (attempt === null) {
      await myTurn();
      return stopping.signal.aborted ? reportError(STOPPED_BEFORE_START, null) : start(1);
    }
    turn.begin();
    if (attempt.number !== reportedAttempt) await reportStart(attempt);
    const own = child?.attempt.folder === attempt.folder ? child : null;
    if (own === null ? isAlive(attempt.process) : !own.hasEnded) {
      await watch(attempt, own);
      return false;
    }
    const exit = (await folder.exitOf(attempt)) ?? own?.exit ?? null;
    const ending = await folder.ending();
    if (exit !== null || ending !== null) return conclude(attempt, exit, ending);
    if (stopping.signal.aborted) return reportError(LOST, attempt);
    return message.rerun ? start(attempt.number + 1) : reportError(LOST, attempt);
  }

  async function reportStart({ number, startedAt }: Attempt): Promise<void> {
    await context.outbox.put({
      reportId: `${message.runId}/started/${number}`,
      runId: message.runId,
      kind: 'started',
      attempt: number,
      startedAt,
    });
    reportedAttempt = number;
  }

  async function start(number: number): Promise<boolean> {
    const received = await receiveSecrets();
    if (received === null) return false;
    if (child?.attempt.number === number) throw new NotRunnable('The shell that runs it ended before it began');
    try {
      child = await startAttempt(folder, number, received, context, stopping.signal);
    } catch (error) {
      // A server that was restarted knows the files again when it has sent the run again.
      if (!(error instanceof FileMissing) || hasAskedForFiles) throw error;
      hasAskedForFiles = true;
      await messageAgain();
    }
    return false;
  }

  /** Waits until the process of an attempt is gone, and ends it where it was stopped or takes too long. */
  async function watch(attempt: Attempt, own: StartedAttempt | null): Promise<void> {
    const scope = new AbortController();
    const { timeoutS } = message;
    const deadlineMs = timeoutS === null ? Infinity : Date.parse(attempt.startedAt) + timeoutS * 1000;
    const ending = await Promise.race([
      (own?.ended ?? becomes(() => !isAlive(attempt.process), 100, scope.signal)).then(() => null),
      aborted(stopping.signal, scope.signal).then(() => 'stopped' as const),
      until(deadlineMs, scope.signal).then(() => 'timeout' as const),
    ]);
    scope.abort();
    if (ending === null) return;
    await folder.recordEnding(ending);
    const isOfAnother = message.kind === 'task' && message.runAs !== null;
    await endGroup(attempt.process, isOfAnother ? GRACE_MS.ofAnother : GRACE_MS.own);
  }

  async function conclude(attempt: Attempt, exit: Exit | null, ending: Ending | null): Promise<boolean> {
    const received = await receiveSecrets();
    // Without its secrets nobody knows what to hide in the output, so none of it is shown.
    if (received === null) return reportError(STOPPED, attempt);
    const ended = await endedReport({ message, attempt, exit, ending, secrets: received, dispatch: context.dispatch });
    await context.outbox.put({ ...ended, reportId: endedReportId(message.runId), runId: message.runId });
    return true;
  }

  async function reportError(error: ErroredReport['error'], attempt: Attempt | null): Promise<boolean> {
    await context.outbox.put({
      reportId: endedReportId(message.runId),
      runId: message.runId,
      kind: 'errored',
      attempt: attempt?.number ?? 1,
      startedAt: attempt?.startedAt ?? null,
      error,
    });
    return true;
  }

  async function live(): Promise<void> {
    if (context.outbox.has(endedReportId(message.runId))) return;
    if ((await folder.ending()) === 'stopped') stopping.abort();
    while (!(await step().catch(overcome)));
  }

  /** A task that cannot run ends with that; all else, such as a full disk, may pass. */
  async function overcome(error: unknown): Promise<boolean> {
    if (error instanceof NotRunnable) {
      failure = error;
      return false;
    }
    context.onError(error);
    await delay(RETRY_MS);
    return false;
  }

  live()
    .catch(context.onError)
    .finally(() => turn.end());
  return {
    get isWaiting() {
      return onSupplied !== null;
    },
    supply(received) {
      secrets = received;
      onSupplied?.();
    },
    async stop() {
      if (context.outbox.has(endedReportId(message.runId))) return;
      await folder.recordEnding('stopped');
      stopping.abort();
    },
  };
}
