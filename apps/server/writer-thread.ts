import { parentPort, workerData } from 'node:worker_threads';
import { connectTo } from '#broker';
import { startDispatch } from '#dispatch';
import { openJetStreamLog, StorageFull } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { createLogger, systemClock } from '#platform';
import { createSealer } from '#sealing';
import { openCatalogue } from '#tasks';
import { toFailure, Writer } from '#writer';
import type { CommandMessage, OutcomeMessage } from '#writer';
import { adminSubject } from './admin.js';
import { watchRoom } from './disk-room.js';
import type { FromWriterThread, ToWriterThread, WriterThreadData } from './writer-messages.js';

const data = workerData as WriterThreadData;
const post = (message: FromWriterThread) => parentPort!.postMessage(message);

/** The writer with its dispatcher, in a thread of their own: nothing that HTTP or the read models do delays a firing. */
async function runWriter(): Promise<void> {
  const logger = createLogger('writer', data.logLevel);
  const sealer = createSealer(data.secretKey);
  const [logConnection, agentConnection] = await Promise.all([
    connectTo(data.broker, 'daybook-writer'),
    connectTo(data.broker, 'daybook-dispatcher'),
  ]);
  const log = await openJetStreamLog(logConnection);
  const dispatch = startDispatch({
    nc: agentConnection,
    streamId: log.streamId,
    catalogue: openCatalogue({ modulePath: data.modulePath, environmentPath: data.environmentPath }),
    sealer,
    largeValues: await openJetStreamValues(agentConnection),
    report: (report, meta) => writer.report(report, meta),
    graceMs: data.agentGraceMs,
    onSeen: (node) => post({ type: 'agent-seen', node }),
    logger: logger.child({ name: 'dispatch' }),
  });
  const writer = new Writer({
    log,
    clock: systemClock,
    logger,
    identity: {
      program: data.program,
      timeZoneData: process.versions['tz'] ?? 'unknown',
      keyCheck: sealer.keyCheck(),
    },
    onOpened(state, position) {
      dispatch.reset(state);
      post({ type: 'committed', position });
    },
    onCommitted(events, state, position) {
      dispatch.apply(events, state);
      post({ type: 'committed', position });
    },
    onTrouble(reason) {
      logger.warn({ err: reason }, 'the log gives no answer; asking again');
      if (reason instanceof StorageFull) post({ type: 'storage-full' });
    },
    ...(data.storageDir === null ? {} : { hasRoom: await watchRoom(data.storageDir) }),
  });

  await writer.open();
  const settled = outcomes();
  parentPort!.on('message', (message: ToWriterThread) => {
    if (message.type === 'close') writer.close(message.graceMs);
    else for (const { id, command, meta } of message.messages) settled(id, writer.execute(command, meta));
  });
  const running = writer.run();
  const origin = `administrator/${process.pid}`;
  const registered = writer.report(
    { type: 'register-subject', subject: adminSubject(log.streamId) },
    { commandId: origin, actor: 'daybook', correlationId: origin },
  );
  await Promise.race([registered, running]);
  post({ type: 'opened' });
  await running;
  dispatch.stop();
  await settled.flushed();
  await Promise.all([logConnection.close(), agentConnection.close()]);
  parentPort!.close();
}

/** Posts outcomes; those of the same moment travel together. */
function outcomes() {
  let outgoing: OutcomeMessage[] = [];
  const flush = () => {
    const messages = outgoing;
    outgoing = [];
    post({ type: 'settled', messages });
  };
  const add = (message: OutcomeMessage) => {
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push(message);
  };
  const follow = (id: CommandMessage['id'], receipt: ReturnType<Writer['execute']>) => {
    receipt.then(
      (done) => add({ id, outcome: { receipt: done } }),
      (error: unknown) => add({ id, outcome: { failure: toFailure(error) } }),
    );
  };
  return Object.assign(follow, { flushed: () => new Promise((resolve) => setTimeout(resolve, 0)) });
}

runWriter().catch((error: unknown) => {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
});
