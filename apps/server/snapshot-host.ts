import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { LogPosition } from '#event-log';
import type { Logger } from '#platform';
import type { SnapshotMade, SnapshotOrder } from './snapshot-messages.js';

/** Events after which another snapshot is worth its while; a start folds as many in well under a second. */
const EVENTS = 50_000;

const EVERY_MS = 60_000;

/** Has snapshots made while the writer of this process reigns. */
export interface SnapshotHost {
  /** The writer began with a snapshot; 0: with none. */
  onRecovered(snapshot: number): void;
  onCommitted(position: LogPosition): void;
  /** Another process may make them from now on: whatever is under way ends. */
  onResigned(): void;
  /** Ends the process that is at it. */
  close(): Promise<void>;
}

/**
 * Starts a process that makes a snapshot whenever the log has grown enough, one at a time and at most one a minute.
 * The processes end when this one is gone.
 */
export function startSnapshots(order: SnapshotOrder, logger: Logger): SnapshotHost {
  let present: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null;
  let isClosed = false;
  let isReigning = false;
  let head = 0;
  let newest = 0;
  let triedMs = -Infinity;

  function check() {
    if (present || !isReigning || head - newest < EVENTS || performance.now() - triedMs < EVERY_MS) return;
    triedMs = performance.now();
    const child = fork(new URL('./snapshot.js', import.meta.url), {
      detached: true,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise<string | null>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit status ${code}`)));
    });
    child.once('message', ({ number }: SnapshotMade) => (newest = number));
    child.send(order, () => undefined);
    present = { child, ended: ended.then(onEnded) };
  }

  function onEnded(trouble: string | null) {
    present = null;
    if (trouble === null || !isReigning) return;
    logger.warn(`no snapshot was made (${trouble}); the next try is within ${(2 * EVERY_MS) / 1000} s`);
  }

  function end() {
    isReigning = false;
    present?.child.kill();
  }

  const timer = setInterval(check, EVERY_MS).unref();
  return {
    onRecovered(snapshot) {
      newest = snapshot;
      isReigning = !isClosed;
      check();
    },
    onResigned: end,
    onCommitted(position) {
      head = position.number;
    },
    async close() {
      isClosed = true;
      end();
      clearInterval(timer);
      await present?.ended;
    },
  };
}
