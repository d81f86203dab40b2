import { parentPort, workerData } from 'node:worker_threads';
import { connectTo } from '#broker';
import { Deliveries } from '#delivery';
import type { App, ReportDelivery } from '#domain';
import { openJetStreamLog } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { createLogger, systemClock } from '#platform';
import { createSealer } from '#sealing';
import { RemoteGateway } from '#writer';
import type { OutcomeMessage } from '#writer';
import type { DeliveryChange } from './delivery-feed.js';
import type { DeliveryThreadData, FromDeliveryThread, ToDeliveryThread } from './delivery-messages.js';

const data = workerData as DeliveryThreadData;

/** Calls apps back in a thread of its own: what they take delays nobody else. */
async function deliver(): Promise<void> {
  const logger = createLogger('delivery', data.logLevel);
  const reports = new RemoteGateway<ReportDelivery>((messages) =>
    parentPort!.postMessage({ type: 'report', messages: JSON.stringify(messages) } satisfies FromDeliveryThread),
  );
  const connection = await connectTo(data.broker, 'daybook-delivery');
  const { streamId } = await openJetStreamLog(connection);
  const sealer = createSealer(data.secretKeys);
  const deliveries = new Deliveries({
    streamId,
    configuredApps: data.apps,
    nc: connection,
    largeValues: await openJetStreamValues(connection),
    openToken,
    report: (report, meta) => reports.execute(report, meta),
    timeoutMs: data.timeoutMs,
    clock: systemClock,
    logger,
  });

  /** An app whose token cannot be opened is called without one, and may say what it thinks of that. */
  function openToken({ id, token }: App): string | null {
    if (token === null) return null;
    try {
      return sealer.open(token.commandId, 'token', token.values['token']!) as string;
    } catch (error) {
      logger.error({ err: error, app: id }, 'the token of an app cannot be opened; define the app again');
      return null;
    }
  }

  function apply(change: DeliveryChange): void {
    switch (change.kind) {
      case 'take':
        return deliveries.take(change.order);
      case 'drop-job':
        return deliveries.dropJob(change.job);
      case 'drop':
        return deliveries.drop(change.run);
      case 'define-app':
        return deliveries.defineApp(change.app);
      case 'remove-app':
        return deliveries.removeApp(change.id);
    }
  }

  parentPort!.on('message', (message: ToDeliveryThread) => {
    switch (message.type) {
      case 'begin':
        return deliveries.reset([], []);
      case 'changes':
        return (JSON.parse(message.changes) as DeliveryChange[]).forEach(apply);
      case 'suspend':
        return deliveries.suspend();
      case 'reported':
        return reports.settle(JSON.parse(message.messages) as OutcomeMessage[]);
      case 'close':
        return void close();
    }
  });

  async function close(): Promise<void> {
    await deliveries.close();
    reports.close();
    await connection.close();
    parentPort!.close();
  }
}

await deliver();
