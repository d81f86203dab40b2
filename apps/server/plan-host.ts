import { Worker } from 'node:worker_threads';
import type { ReignStart } from '#plans';
import type { CommandGateway, CommandMessage } from '#writer';
import { outcomes } from './outcomes.js';
import type { FromPlanThread, PlanThreadData, ToPlanThread } from './plan-messages.js';

/** The plans' thread, seen from the others. */
export interface PlanHost {
  /** A reign of this process's writer has begun. */
  begin(start: ReignStart): void;
  /** Events about plans were stored: `RecordedEvent`s as one JSON text. */
  apply(events: string): void;
  /** The reign is over. */
  suspend(): void;
  close(): Promise<void>;
}

/**
 * Has plans run in a thread of their own, which is started when there is one to run.
 * @param gateway the way to this process's writer, once there is one
 * @param onFailed is told why the thread has died
 */
export function startPlans(
  data: PlanThreadData,
  gateway: () => Promise<CommandGateway>,
  onFailed: (message: string) => void,
): PlanHost {
  let worker: Worker | null = null;
  let start: ReignStart | null = null;
  const post = (message: ToPlanThread) => worker?.postMessage(message);

  function run(): Worker {
    const settled = outcomes((messages) => post({ type: 'settled', messages }));
    const started = new Worker(new URL('./plan-thread.js', import.meta.url), { workerData: data });
    started.on('error', (error: Error) => onFailed(`the plans' thread has died: ${error.message}`));
    started.on('message', (message: FromPlanThread) => {
      for (const { id, command, meta } of JSON.parse(message.messages) as CommandMessage[]) {
        settled(
          id,
          gateway().then((ready) => ready.execute(command, meta)),
        );
      }
    });
    return started;
  }

  function begin(): void {
    worker ??= run();
    if (start) post({ type: 'begin', start });
  }

  return {
    begin(next) {
      start = next;
      if (worker !== null || next.since !== null) begin();
    },
    apply(events) {
      if (worker === null) begin();
      post({ type: 'events', events });
    },
    suspend() {
      start = null;
      post({ type: 'suspend' });
    },
    async close() {
      if (worker === null) return;
      const exited = new Promise<void>((resolve) => worker!.once('exit', () => resolve()));
      post({ type: 'close' });
      await exited;
    },
  };
}
