import type { Logger } from './logger.js';
import type { ChildDetails, DataDirLock } from './data-dir-lock.js';
import { spawnTethered } from './child-tether.js';
import type { Program } from './child-tether.js';

export interface ChildProgram extends Program {
  /** Under this name the child stands in the lock file. */
  readonly name: string;
  /** Written beside its pid, for whoever finds it left over. */
  readonly details?: ChildDetails;
}

/** A program that runs beside the server, is started again when it dies, and never outlives the server by 5 s. */
export interface Child {
  /** Of the present process; it changes with each start. */
  readonly pid: number;
  /** How often it died without being asked to. */
  readonly deaths: number;
  /** Ends the process and starts another at once; calls take turns. */
  restart(): Promise<void>;
  /** Returns when the process is gone: SIGTERM, SIGKILL after 3 s. */
  stop(): Promise<void>;
}

/** Two children in turn leave the server time within the 10 s of its own stop. */
const GRACE_MS = 3_000;
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;
/** Who lived this long did not die of what killed the one before. */
const STEADY_MS = 10_000;

/**
 * Starts a program in a process group of its own; its pid is in the lock file before it begins.
 * @throws when the lock file cannot be written.
 */
export function startChild(program: ChildProgram, { lock, logger }: { lock: DataDirLock; logger: Logger }): Child {
  const { name } = program;
  let stopped = false;
  let deaths = 0;
  let delayMs = FIRST_DELAY_MS;
  let nextStart: NodeJS.Timeout | undefined;
  let present = launch();
  let inTurn = Promise.resolve();

  function launch() {
    const child = spawnTethered(program);
    const run = { ...child, wanted: true };
    const startedAt = performance.now();
    try {
      lock.recordChild(name, { ...program.details, pid: child.pid });
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    child.begin();
    void child.ended.then((how) => {
      lock.forget(name);
      if (!run.wanted) return;
      deaths += 1;
      if (performance.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      logger.warn({ child: name, pid: child.pid, how }, `${name} died (${how}); it starts again in ${delayMs} ms`);
      launchLater();
    });
    return run;
  }

  function launchLater() {
    nextStart = setTimeout(launchAgain, delayMs);
    delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS);
  }

  function launchAgain() {
    try {
      present = launch();
    } catch (error) {
      logger.error({ child: name, err: error }, `${name} could not be started; the next try is in ${delayMs} ms`);
      launchLater();
    }
  }

  async function end() {
    clearTimeout(nextStart);
    present.wanted = false;
    present.kill('SIGTERM');
    const force = setTimeout(() => present.kill('SIGKILL'), GRACE_MS);
    await present.ended;
    clearTimeout(force);
  }

  return {
    get pid() {
      return present.pid;
    },
    get deaths() {
      return deaths;
    },
    restart() {
      return (inTurn = inTurn.then(async () => {
        if (stopped) return;
        await end();
        launchAgain();
      }));
    },
    stop() {
      return (inTurn = inTurn.then(async () => {
        stopped = true;
        await end();
      }));
    },
  };
}
