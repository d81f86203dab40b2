import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { LOCAL_NODE } from '#agent-protocol';
import { connectTo } from '#broker';
import { startDispatch } from '#dispatch';
import type { Command } from '#domain';
import { openJetStreamLog } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { openResolver } from '#inventory-query';
import { openLease, soleLease } from '#lease';
import { newRegistry, writerMetrics } from '#metrics';
import { createLogger, systemClock } from '#platform';
import type { Logger } from '#platform';
import { createSealer, createSigner } from '#sealing';
import { openSnapshotStore } from '#snapshots';
import { openCatalogue } from '#tasks';
import { ClockWatch, NotAccepted, serveCommands, standForElection, Writer } from '#writer';
import type { Claim, CommandMessage } from '#writer';
import { adminSubject } from './admin.js';
import { afterRush } from './after-rush.js';
import { keepCheckpoints } from './checkpoints.js';
import { DeliveryFeed } from './delivery-feed.js';
import { watchRoom } from './disk-room.js';
import { onlyBegins } from './only-begins.js';
import { outcomes } from './outcomes.js';
import { PlanFeed, plansSince } from './plan-feed.js';
import { replanAppJobs } from './replan.js';
import { resealSchedules } from './reseal.js';
import { rosterChanges, rosterOf } from './roster.js';
import { announceRush } from './rush.js';
import type { FromWriterThread, ToWriterThread, WriterThreadData } from './writer-messages.js';

/** Pause before a registration whose outcome is not known is tried again. */
const REGISTER_AGAIN_MS = 100;

/** How often a process that does not write looks at its clock, so that it knows how it went once it does. */
const LOOK_AT_CLOCK_MS = 1000;

const data = workerData as WriterThreadData;
const post = (message: FromWriterThread) => parentPort!.postMessage(message);

/** The writer with its dispatcher, in a thread of their own: nothing that HTTP or the read models do delays a firing. */
async function runWriter(): Promise<void> {
  const logger = createLogger('writer', data.logLevel);
  const sealer = createSealer(data.secretKeys);
  const [logConnection, agentConnection, leaseConnection] = await Promise.all([
    connectTo(data.broker, 'daybook-writer'),
    connectTo(data.broker, 'daybook-dispatcher'),
    data.isShared ? connectTo(data.broker, 'daybook-lease') : null,
  ]);
  let writer: Writer | null = null;
  let stopServing: () => void = () => undefined;
  const registry = newRegistry();
  const metrics = writerMetrics(registry, () => writer?.queued ?? {});
  const log = metrics.measured(await openJetStreamLog(logConnection));
  const dispatch = startDispatch({
    nc: agentConnection,
    streamId: log.streamId,
    catalogue: openCatalogue({ modulePath: data.modulePath, environmentPath: data.environmentPath }),
    sealer,
    largeValues: await openJetStreamValues(agentConnection),
    report: (report, meta) => (writer ? writer.report(report, meta) : nobody()),
    graceMs: data.agentGraceMs,
    onSeen: (node) => node === LOCAL_NODE && post({ type: 'local-agent-seen' }),
    logger: logger.child({ name: 'dispatch' }),
  });
  const snapshots = await openSnapshotStore(logConnection);
  const trouble = troubleOfLog(logger);
  const room = data.storageDir === null ? {} : { hasRoom: await watchRoom(data.storageDir) };
  const clock = new ClockWatch(systemClock);
  const looking = setInterval(() => {
    if (writer === null) clock.look(() => log.timeMs()).catch(() => undefined);
  }, LOOK_AT_CLOCK_MS);
  const plans = new PlanFeed();
  const deliveries = new DeliveryFeed((changes) =>
    post({ type: 'delivery-changes', changes: JSON.stringify(changes) }),
  );
  const checkpoints = keepCheckpoints(
    { streamId: log.streamId, signer: createSigner(data.secretKeys[0]!), clock: systemClock },
    (checkpoint, meta) => (writer ? writer.report(checkpoint, meta) : nobody()),
  );
  const rush = announceRush();
  const [followers, counting] = [afterRush(), afterRush()];
  const resolver = openResolver();
  const newWriter = (claim: Claim): Writer => {
    const present: Writer = new Writer({
      ...room,
      log,
      snapshots,
      clock,
      logger,
      resolver,
      identity: {
        program: data.program,
        timeZoneData: process.versions['tz'] ?? 'unknown',
        keyChecks: sealer.keyChecks,
      },
      claim,
      onOpened(state, position, snapshot) {
        writer = present;
        followers.clear();
        dispatch.reset(state);
        stopServing();
        stopServing = serveCommands(agentConnection, state.reign, (command, meta) => present.execute(command, meta));
        post({ type: 'agents', changes: [rosterOf(state)] });
        post({ type: 'committed', position });
        plans.reset(state);
        post({ type: 'plans', start: { since: plansSince(state), position: position.number } });
        post({ type: 'deliveries' });
        deliveries.reset(state);
        checkpoints.note(state, position);
        post({ type: 'recovered', position: position.number, snapshot });
        void registerAdministrator(present, log.streamId, () => writer === present).then((isKnown) => {
          if (isKnown) post({ type: 'opened' });
        });
        resealSchedules(present, state, sealer, () => writer === present, logger).catch((error: unknown) =>
          logger.warn({ err: error }, 'schedules could not be sealed anew; the next start tries again'),
        );
        replanAppJobs(present, state, systemClock, () => writer === present).catch((error: unknown) =>
          logger.warn({ err: error }, 'jobs could not be planned anew; the next start tries again'),
        );
      },
      onCommitted(events, state, position) {
        const changes = rosterChanges(events);
        if (changes.length > 0) post({ type: 'agents', changes });
        const ofPlans = plans.of(events);
        if (ofPlans.length > 0) post({ type: 'plan-events', events: JSON.stringify(ofPlans) });
        checkpoints.note(state, position);
        post({ type: 'committed', position });
        followers.do(() => {
          dispatch.apply(events, state);
          deliveries.apply(events, state);
        }, onlyBegins(events));
        counting.do(() => metrics.note(events), true);
      },
      onRush(isOn) {
        rush.tell(isOn);
        followers.tell(isOn);
        counting.tell(isOn);
      },
      onAnswered: trouble.isOver,
      onTrouble: (reason) => trouble.note(reason),
    });
    return present;
  };
  const reigns = standForElection({
    lease: leaseConnection ? await openLease(leaseConnection, data.serverId) : soleLease,
    newWriter,
    onEnded() {
      writer = null;
      rush.tell(false);
      followers.clear();
      counting.tell(false);
      stopServing();
      dispatch.suspend();
      deliveries.suspend();
      checkpoints.suspend();
      post({ type: 'resigned' });
    },
    logger,
  });

  const settled = outcomes((messages) => post({ type: 'settled', messages }));
  const reported = outcomes((messages) => post({ type: 'reported', messages }));
  parentPort!.on('message', (message: ToWriterThread) => {
    if (message.type === 'close') return reigns.close(message.graceMs);
    if (message.type === 'measure') {
      return void registry.getMetricsAsJSON().then((measured) => post({ type: 'measured', measured }));
    }
    const [follow, take] =
      message.type === 'report' ? ([reported, 'report'] as const) : ([settled, 'execute'] as const);
    for (const { id, command, meta } of JSON.parse(message.messages) as CommandMessage<Command>[]) {
      follow(id, writer ? writer[take](command, meta) : nobody());
    }
  });
  post({ type: 'standing' });
  await reigns.done;
  await settled.flushed();
  rush.close();
  followers.clear();
  checkpoints.close();
  clearInterval(looking);
  await Promise.all([logConnection.close(), agentConnection.close(), leaseConnection?.close()]);
  parentPort!.close();
}

const nobody = () => Promise.reject(new NotAccepted('no-writer', 1));

/**
 * Owners are named by id, so whoever gives commands must be known before the first one, however long that takes.
 * @returns false when the writer has ended before
 */
async function registerAdministrator(writer: Writer, streamId: string, isPresent: () => boolean): Promise<boolean> {
  const commandId = `administrator/${data.serverId}`;
  const meta = { commandId, actor: 'daybook', correlationId: commandId };
  while (isPresent()) {
    try {
      await writer.report({ type: 'register-subject', subject: adminSubject(streamId) }, meta);
      return true;
    } catch {
      await delay(REGISTER_AGAIN_MS);
    }
  }
  return false;
}

/** Says once that the log gives no answer, and once that it does again. */
function troubleOfLog(logger: Logger) {
  let isPresent = false;
  return {
    note(reason: Error) {
      if (isPresent) return;
      isPresent = true;
      logger.warn({ err: reason }, 'the log gives no answer; asking until it does');
      post({ type: 'trouble', reason: `the log gives no answer: ${reason.message}` });
    },
    isOver: () => {
      if (!isPresent) return;
      isPresent = false;
      logger.info('the log answers again');
      post({ type: 'trouble', reason: null });
    },
  };
}

/** Time for the last messages of a thread that fails to reach the others. */
const LAST_WORDS_MS = 200;

runWriter().catch((error: unknown) => {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  setTimeout(() => process.exit(1), LAST_WORDS_MS);
});
