import { Worker } from 'node:worker_threads';
import type { Positions } from '#http';
import { createPositions } from '#projections';
import type { ProjectionStates } from '#projections-api';
import { orchestrator } from '#read-store';
import { followProjections } from './projection-states.js';
import type { FromProjectorThread, ProjectorThreadData, ToProjectorThread } from './projector-messages.js';

/** A rebuild gains a tenth in speed by what V8 would take of itself, which is 100 MB more. */
const YOUNG_MB = 48;

/** The projector's thread, seen from the others. */
export interface ProjectorHost {
  /** How far the read models of the orchestrator API have come. */
  readonly positions: Positions;
  readonly states: ProjectionStates;
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
  const worker = new Worker(new URL('./projector-thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const post = (message: ToProjectorThread) => worker.postMessage(message);
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opened = Promise.withResolvers<void>();
  const positions = createPositions();
  const states = followProjections(post, () => Date.now());
  let failure: string | null = null;

  const hear = (message: FromProjectorThread) => {
    states.apply(message);
    switch (message.type) {
      case 'opened':
        return opened.resolve();
      case 'position':
        onPosition(message.position);
        return positions.onPosition(message.projection, message.position);
      case 'stopped':
        return positions.onStopped(message.projection);
      case 'failed':
        opened.reject(new Error(message.message));
        failure = `the projector has failed: ${message.message}`;
        return positions.onStopped(orchestrator.name);
      case 'progress':
      case 'worked':
      case 'not-worked':
    }
  };
  worker.on('error', ({ message }: Error) => hear({ type: 'failed', message }));
  worker.on('message', hear);
  await opened.promise;
  return {
    positions: {
      waitFor: (position, timeoutMs) => positions.waitFor(orchestrator.name, position, timeoutMs),
      troubles: () => (failure === null ? states.troubles() : [failure]),
    },
    states,
    async close() {
      post({ type: 'close' });
      await exited;
    },
  };
}
