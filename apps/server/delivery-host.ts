import { Worker } from 'node:worker_threads';
import type { DeliveryThreadData, FromDeliveryThread, ToDeliveryThread } from './delivery-messages.js';

/** The deliveries' thread, seen from the others. */
export interface DeliveryHost {
  /** A reign of this process's writer has begun. */
  begin(): void;
  /** Runs and apps have changed: `DeliveryChange`s as one JSON text. */
  apply(changes: string): void;
  /** What became of reports: `OutcomeMessage`s as one JSON text. */
  reported(messages: string): void;
  /** The reign is over. */
  suspend(): void;
  close(): Promise<void>;
}

/**
 * Has apps called back by a thread of its own, which is started when there is something to deliver.
 * @param report is given reports for this process's writer, `CommandMessage`s as one JSON text
 * @param onFailed is told why the thread has died
 */
export function startDeliveries(
  data: DeliveryThreadData,
  report: (messages: string) => void,
  onFailed: (message: string) => void,
): DeliveryHost {
  let worker: Worker | null = null;
  const post = (message: ToDeliveryThread) => worker?.postMessage(message);

  function run(): Worker {
    const started = new Worker(new URL('./delivery-thread.js', import.meta.url), { workerData: data });
    started.on('error', (error: Error) => onFailed(`the deliveries' thread has died: ${error.message}`));
    started.on('message', ({ messages }: FromDeliveryThread) => report(messages));
    started.postMessage({ type: 'begin' } satisfies ToDeliveryThread);
    return started;
  }

  return {
    begin: () => post({ type: 'begin' }),
    apply(changes) {
      worker ??= run();
      post({ type: 'changes', changes });
    },
    reported: (messages) => post({ type: 'reported', messages }),
    suspend: () => post({ type: 'suspend' }),
    async close() {
      if (worker === null) return;
      const exited = new Promise<void>((resolve) => worker!.once('exit', () => resolve()));
      post({ type: 'close' });
      await exited;
    },
  };
}
