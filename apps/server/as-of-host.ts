import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openPastStores } from '#as-of';
import type { FillOrder, PastStores } from '#as-of';
import type { EventLog } from '#event-log';
import type { Clock } from '#platform';
import type { AsOfThreadData, FromAsOfThread, ToAsOfThread } from './as-of-messages.js';

/** How long a store of the past stays when nobody asks it any more. */
const IDLE_MS = 600_000;

/** Events after which a store is left on the way to another. */
const LONG_WAY = 50_000;

/** Nearly all that the thread makes is garbage at once; it has no need to let that grow. */
const YOUNG_MB = 16;

/** Opens the past: its stores lie in `as-of` in the data folder, and are filled by a thread that the first one starts. */
export async function openPast(data: AsOfThreadData, log: EventLog, clock: Clock): Promise<PastStores> {
  const dir = join(data.dataDir, 'as-of');
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
  const thread = startThread(data);
  const stores = openPastStores({
    log,
    clock,
    dir,
    fill: (...order) => thread.fill(...order),
    idleMs: IDLE_MS,
    longWay: LONG_WAY,
  });
  return {
    at: (...asked) => stores.at(...asked),
    async close() {
      await stores.close();
      await thread.close();
    },
  };
}

function startThread(data: AsOfThreadData) {
  let worker: Worker | null = null;
  let filling: PromiseWithResolvers<void> | null = null;
  const post = (message: ToAsOfThread) => worker?.postMessage(message);

  function run(): Worker {
    const started = new Worker(new URL('./as-of-thread.js', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    started.on('error', (error: Error) => filling?.reject(error));
    started.on('exit', () => {
      worker = null;
      filling?.reject(new Error('the thread that fills stores has ended'));
    });
    started.on('message', ({ failure }: FromAsOfThread) => {
      if (failure === null) filling?.resolve();
      else filling?.reject(new Error(failure));
    });
    return started;
  }

  return {
    async fill(order: FillOrder, signal: AbortSignal): Promise<void> {
      worker ??= run();
      filling = Promise.withResolvers();
      const abort = () => post({ type: 'abort' });
      signal.addEventListener('abort', abort, { once: true });
      post({ type: 'fill', order });
      await filling.promise.finally(() => signal.removeEventListener('abort', abort));
    },
    async close(): Promise<void> {
      if (worker === null) return;
      const exited = new Promise<void>((resolve) => worker!.once('exit', () => resolve()));
      post({ type: 'close' });
      await exited;
    },
  };
}
