import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { JoinRequest } from '#agent-protocol';
import { joinAgent } from '#agents-api';
import { connectTo, openBroker } from '#broker';
import type { Listen } from '#broker';
import { subscribeToJobs } from '#delivery';
import { followPresence } from '#dispatch';
import { HighWaterMark, openJetStreamLog } from '#event-log';
import { openSubscriberPlaces } from '#feed';
import { positionInTime } from '#http';
import { openJetStreamValues } from '#large-values';
import { refuseUnfinishedImport } from '#ledger';
import { openLease } from '#lease';
import { exposition, followLag, measureProcess, newRegistry, programInfo, projectionMetrics } from '#metrics';
import { createLogger, lockDataDir, PROGRAM, systemClock, VERSION } from '#platform';
import type { Settings } from '#platform';
import { openReadStore } from '#read-store';
import { openPlanCatalogue } from '#plans';
import { createSealer, loadKeys } from '#sealing';
import { bundledModules, openCatalogue } from '#tasks';
import { adminSubject, adminToken } from './admin.js';
import { keepAdmission } from './admission.js';
import { openPast } from './as-of-host.js';
import { listen as listenOnHttp, tlsOf } from './http.js';
import { startDeliveries } from './delivery-host.js';
import { openFeedHost } from './feed-host.js';
import { startLocalAgent } from './local-agent.js';
import { startPlans } from './plan-host.js';
import { startProjector } from './projector-host.js';
import { startPruning } from './prune.js';
import { followRush } from './rush.js';
import { serveJoins } from './serve-joins.js';
import { openSharedGateway } from './shared-gateway.js';
import { startSnapshots } from './snapshot-host.js';
import { repairStorage } from './storage-repair.js';
import type { UndoList } from './undo.js';
import { startWriter } from './writer-host.js';

/** How long a writer that stops goes on with what it has accepted. */
const DRAIN_MS = 4000;

/**
 * Brings all parts up, in the order in which they rest on each other.
 * @param undo keeps how each of them is taken down
 * @param say prints a line for whoever started the server
 * @param onFailed is told why the server cannot go on
 * @throws Error when a part cannot be brought up; the message says what to change
 */
export async function startServer(
  settings: Settings,
  undo: UndoList,
  say: (line: string) => void,
  onFailed: (message: string) => void,
): Promise<void> {
  const { DAYBOOK_DATA_DIR: dataDir, DAYBOOK_LOG_LEVEL: logLevel, DATABASE_URL: databaseUrl } = settings;
  const logger = createLogger('server', logLevel);
  const serverId = `${hostname()}/${process.pid}/${randomUUID()}`;

  // Before anything is started for which it is too late to say so.
  const tls = tlsOf(settings);
  const lock = lockDataDir(dataDir);
  await undo.keep(() => lock.release());
  refuseUnfinishedImport(dataDir);
  const secretKeys = loadKeys(dataDir, settings.DAYBOOK_SECRET_KEY);
  const { token, path: tokenPath, isNew } = adminToken(settings.DAYBOOK_ADMIN_TOKEN, dataDir);

  const { NATS_URL: natsUrl, DAYBOOK_NATS_SERVER: natsServer } = settings;
  const listen = natsListen(settings);
  const broker = await openBroker({ dataDir, lock, natsUrl, natsServer, listen, logger });
  await undo.keep(() => broker.stop());
  const connection = await connectTo(broker.address, 'daybook-server');
  await undo.keep(() => connection.close());
  const log = await openJetStreamLog(connection);
  say(`log: ${broker.survives(log.replicas)}`);
  const mark = HighWaterMark.open(join(dataDir, 'log-mark.json'));
  await log.confirm(mark.found);
  await undo.keep(() => mark.flush());

  const store = await openReadStore({ databaseUrl, dataDir });
  await undo.keep(() => store.close());
  for (const checkpoint of await store.projections.checkpoints()) await log.confirm(checkpoint);
  const modulePath = [...settings.DAYBOOK_MODULEPATH, bundledModules];
  const environmentPath = settings.DAYBOOK_ENVIRONMENTPATH;
  const storageDir = broker.embedded ? dataDir : null;
  const snapshots = startSnapshots({ broker: broker.address, storageDir, logLevel }, logger);
  await undo.keep(() => snapshots.close());
  const storage = repairStorage(broker, dataDir, logger);
  await undo.keep(() => storage.close());
  const admission = broker.gate && keepAdmission(broker.gate, openSubscriberPlaces(connection), logger);
  await undo.keep(() => admission?.close());
  const presence = followPresence(connection, systemClock);
  await undo.keep(() => presence.close());
  const localAgentSeen = Promise.withResolvers<void>();
  const plans = startPlans(
    {
      broker: broker.address,
      secretKeys,
      modulePath,
      environmentPath,
      dataDir,
      atOnce: settings.DAYBOOK_PLANS_AT_ONCE,
      logLevel,
    },
    async () => (await writerStarts).gateway,
    onFailed,
  );
  const behind = followLag(() => performance.now());
  const registry = newRegistry();
  measureProcess(registry);
  programInfo(registry, VERSION);
  projectionMetrics(registry, behind.lag);
  const deliveries = startDeliveries(
    {
      broker: broker.address,
      secretKeys,
      apps: settings.DAYBOOK_APPS,
      timeoutMs: settings.DAYBOOK_APP_TIMEOUT_MS,
      logLevel,
    },
    (messages) => void writerStarts.then((writer) => writer.report(messages)),
    onFailed,
  );
  const feed = await openFeedHost(settings, { connection, log, broker: broker.address }, onFailed);
  await undo.keep(() => feed?.close());
  const projectorStarts = startProjector({ broker: broker.address, databaseUrl, dataDir, logLevel }, behind.onShown);
  const writerStarts = startWriter(
    {
      serverId,
      isShared: !broker.embedded,
      broker: broker.address,
      program: PROGRAM,
      secretKeys,
      modulePath,
      environmentPath,
      agentGraceMs: settings.DAYBOOK_AGENT_GRACE_MS,
      storageDir,
      logLevel,
    },
    {
      onCommitted(position) {
        mark.note(position);
        behind.onStored(position.number);
        snapshots.onCommitted(position);
      },
      onRecovered(snapshot) {
        snapshots.onRecovered(snapshot);
        feed?.begin();
      },
      onPlans: (start) => plans.begin(start),
      onPlanEvents: (events) => plans.apply(events),
      onDeliveries: () => deliveries.begin(),
      onDeliveryChanges: (changes) => deliveries.apply(changes),
      onReported: (messages) => deliveries.reported(messages),
      onResigned() {
        snapshots.onResigned();
        plans.suspend();
        deliveries.suspend();
        feed?.suspend();
      },
      onAgents: (changes) => admission?.change(changes),
      onLocalAgentSeen: localAgentSeen.resolve,
      onTrouble: (isPresent) => storage.noteTrouble(isPresent),
      onFailed,
    },
  );
  // Each loads its modules in a thread of its own.
  const [projector, writer] = await Promise.all([projectorStarts, writerStarts]);
  await undo.keep(() => projector.close());
  await undo.keep(() => writer.close(DRAIN_MS));
  await undo.keep(() => plans.close());
  await undo.keep(() => deliveries.close());
  const shared = broker.embedded ? null : openSharedGateway(connection, await openLease(connection, serverId), writer);
  await undo.keep(() => shared?.close());

  const gateway = shared?.gateway ?? writer.gateway;
  if (admission) {
    const join = (request: JoinRequest) => joinAgent({ gateway, admission }, request, null, `join/${request.node}`);
    await undo.keep(serveJoins(connection, join, logger));
  }

  const past = await openPast({ broker: broker.address, dataDir }, log, systemClock);
  await undo.keep(() => past.close());
  const sealer = createSealer(secretKeys);
  const catalogue = openCatalogue({ modulePath, environmentPath });
  const { positions } = projector;
  const rush = followRush();
  await undo.keep(() => rush.close());
  let isReady = false;
  const http = await listenOnHttp({
    settings,
    tls,
    ports: {
      gateway,
      queries: store.queries,
      past,
      positions,
      presence,
      catalogue,
      plans: openPlanCatalogue(catalogue),
      sealer,
      largeValues: await openJetStreamValues(connection),
      clock: systemClock,
      publicUrl: settings.DAYBOOK_PUBLIC_URL,
    },
    agents: { gateway, admission, digest: sealer.digest, publicUrl: settings.DAYBOOK_PUBLIC_URL },
    log,
    projections: projector.states,
    giveWay: rush.giveWay,
    subscribe: (app, take) => subscribeToJobs(connection, app, take),
    readiness() {
      const starting = isReady ? [] : ['the server is starting'];
      const reasons = [...starting, ...positions.troubles(), ...writer.troubles(), ...(shared?.troubles() ?? [])];
      return { ready: reasons.length === 0, reasons };
    },
    exposition: async () => {
      // Only the writer that reigns is told of commits; elsewhere it is asked.
      if (shared) behind.onStored((await positionInTime(gateway)) ?? 0);
      return exposition([await registry.getMetricsAsJSON(), await writer.measure()]);
    },
    token,
    administrator: adminSubject(log.streamId),
    logger,
  });
  await undo.keep(() => http.close());

  if (broker.embedded && settings.DAYBOOK_LOCAL_AGENT === 'on') {
    const agent = await startLocalAgent(dataDir, lock, logger);
    await undo.keep(() => agent.stop());
    const waiting = setInterval(() => logger.warn('still waiting for the agent of this machine'), 10_000);
    await localAgentSeen.promise.finally(() => clearInterval(waiting));
  }
  isReady = true;
  const days = settings.DAYBOOK_JOB_PRUNE_DAYS;
  if (days !== null) {
    const { queries } = store;
    const { isReigning: isOurs } = writer;
    const pruning = startPruning({ days, queries, gateway, positions, isOurs, clock: systemClock, logger });
    await undo.keep(() => pruning.close());
  }
  say(isNew ? `admin token: ${token} (kept in ${tokenPath})` : `admin token: in ${tokenPath ?? 'DAYBOOK_ADMIN_TOKEN'}`);
  if (http.rbacUrl !== null) say(`RBAC API on ${http.rbacUrl}`);
  say(`ready: orchestrator API on ${http.url}, Jobs API on ${http.jobsUrl}`);
}

/** Agents on other machines come over TLS where HTTP does. */
function natsListen({
  DAYBOOK_NATS_HOST: host,
  DAYBOOK_TLS_CERT: certFile,
  DAYBOOK_TLS_KEY: keyFile,
}: Settings): Listen {
  return { host, tls: certFile === null || keyFile === null ? null : { certFile, keyFile } };
}
