import { parentPort, workerData } from 'node:worker_threads';
import { connectTo } from '#broker';
import { openJetStreamLog } from '#event-log';
import { createLogger, giveWay } from '#platform';
import { startProjector } from '#projections';
import type { BesideProgress } from '#projections';
import { orchestrator } from '#read-store';
import type { FromProjectorThread, ProjectorThreadData, ToProjectorThread } from './projector-messages.js';
import { followRush } from './rush.js';
import { openBesideThread, openStoreThread } from './store-host.js';

const data = workerData as ProjectorThreadData;
const post = (message: FromProjectorThread) => parentPort!.postMessage(message);

/** The projector in a thread of its own: bulk writes hold up neither requests nor the writer. */
async function runProjector(): Promise<void> {
  giveWay();
  const logger = createLogger('projector', data.logLevel);
  const { databaseUrl, dataDir } = data;
  const [store, connection] = await Promise.all([
    openStoreThread({ databaseUrl, dataDir }),
    connectTo(data.broker, 'daybook-projector'),
  ]);
  const rush = followRush();
  const projector = startProjector({
    log: await openJetStreamLog(connection),
    store,
    projections: [orchestrator],
    openBeside: () => openBesideThread({ databaseUrl, dataDir }),
    logger,
    giveWay: rush.giveWay,
    onPosition: (projection, position) => post({ type: 'position', projection, position }),
    onStopped: (projection, { event, reason }) => post({ type: 'stopped', projection, event, reason }),
  });
  parentPort!.on('message', (message: ToProjectorThread) => {
    if (message.type === 'close') void close();
    else void work(message);
  });
  post({ type: 'opened', projections: projector.status().map(({ name, version }) => ({ name, version })) });

  async function work({ id, work: kind, projection }: ToProjectorThread & { readonly type: 'work' }): Promise<void> {
    try {
      const onProgress = (progress: BesideProgress) => post({ type: 'progress', id, progress });
      post({ type: 'worked', id, outcome: await projector.work(kind, projection, onProgress) });
    } catch (error) {
      post({ type: 'not-worked', id, reason: (error as Error).message });
    }
  }

  async function close(): Promise<void> {
    await projector.stop();
    rush.close();
    await Promise.all([store.close(), connection.close()]);
    parentPort!.close();
  }
}

runProjector().catch((error: unknown) => {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
});
