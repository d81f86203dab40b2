import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { connectTo } from '#broker';
import type { RecordedEvent } from '#domain';
import { openJetStreamLog } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { createLogger, systemClock } from '#platform';
import { openCode, openPlanCatalogue, PlanRunner } from '#plans';
import { createSealer } from '#sealing';
import { openCatalogue } from '#tasks';
import { RemoteGateway } from '#writer';
import type { OutcomeMessage } from '#writer';
import type { FromPlanThread, PlanThreadData, ToPlanThread } from './plan-messages.js';

const data = workerData as PlanThreadData;

/** Plans in a thread of their own: what they compute delays nobody else. */
async function runPlans(): Promise<void> {
  const logger = createLogger('plans', data.logLevel);
  const gateway = new RemoteGateway((messages) =>
    parentPort!.postMessage({ type: 'execute', messages: JSON.stringify(messages) } satisfies FromPlanThread),
  );
  const connection = await connectTo(data.broker, 'daybook-plans');
  const log = await openJetStreamLog(connection);
  const largeValues = await openJetStreamValues(connection);
  const catalogue = openCatalogue({ modulePath: data.modulePath, environmentPath: data.environmentPath });
  const runner = new PlanRunner({
    log,
    streamId: log.streamId,
    plans: openPlanCatalogue(catalogue),
    programOf: openCode(largeValues),
    catalogue,
    sealer: createSealer(data.secretKeys),
    largeValues,
    gateway,
    clock: systemClock,
    downloads: join(data.dataDir, 'downloads'),
    atOnce: data.atOnce,
    logger,
  });

  parentPort!.on('message', (message: ToPlanThread) => {
    switch (message.type) {
      case 'begin':
        return void runner.begin(message.start);
      case 'events':
        return runner.apply(JSON.parse(message.events) as RecordedEvent[]);
      case 'suspend':
        return runner.suspend();
      case 'settled':
        return gateway.settle(JSON.parse(message.messages) as OutcomeMessage[]);
      case 'close':
        return void close();
    }
  });

  async function close(): Promise<void> {
    runner.suspend();
    gateway.close();
    await connection.close();
    parentPort!.close();
  }
}

await runPlans();
