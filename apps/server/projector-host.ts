import { Worker } from 'node:worker_threads';
import type { Positions } from '#http';
import { createPositions } from '#projections';
import { orchestrator } from '#read-store';
import type { FromProjectorThread, ProjectorThreadData, ToProjectorThread } from './projector-messages.js';

/** The projector's thread, seen from the others. */
export interface ProjectorHost {
  /** How far the read models of the orchestrator API have come. */
  readonly positions: Positions;
  close(): Promise<void>;
}

/**
 * Starts the projector's thread.
 * @param onPosition is told how far it has come
 * @throws Error when it cannot come up
 */
export async function startProjector(
  data: ProjectorThreadData,
  onPosition: (position: number) => void = () => undefined,
): Promise<ProjectorHost> {
  const worker = new Worker(new URL('./projector-thread.js', import.meta.url), { workerData: data });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opened = Promise.withResolvers<void>();
  const positions = createPositions();
  const troubles = new Map<string, string>();

  const fail = (reason: string) => {
    opened.reject(new Error(reason));
    troubles.set('projector', `the projector has failed: ${reason}`);
    positions.onStopped(orchestrator.name);
  };
  worker.on('error', (error: Error) => fail(error.message));
  worker.on('message', (message: FromProjectorThread) => {
    switch (message.type) {
      case 'opened':
        return opened.resolve();
      case 'position':
        onPosition(message.position);
        return positions.onPosition(message.projection, message.position);
      case 'stopped':
        troubles.set(message.projection, `projection ${message.projection} has stopped: ${message.reason}`);
        return positions.onStopped(message.projection);
      case 'failed':
        return fail(message.message);
    }
  });
  await opened.promise;
  return {
    positions: {
      waitFor: (position, timeoutMs) => positions.waitFor(orchestrator.name, position, timeoutMs),
      troubles: () => [...troubles.values()],
    },
    async close() {
      worker.postMessage({ type: 'close' } satisfies ToProjectorThread);
      await exited;
    },
  };
}
