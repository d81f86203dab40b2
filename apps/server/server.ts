import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectTo, openBroker } from '#broker';
import { HighWaterMark, openJetStreamLog } from '#event-log';
import { createHttpApp, HealthModule, singleToken } from '#http';
import { JobsApiModule, jobsApiErrorBody } from '#jobs-api';
import { openJetStreamValues } from '#large-values';
import { OrchestratorModule } from '#orchestrator';
import { createLogger, lockDataDir, systemClock } from '#platform';
import type { Settings } from '#platform';
import { openReadStore } from '#read-store';
import { createSealer, loadKey } from '#sealing';
import { bundledModules, openCatalogue } from '#tasks';
import { adminSubject, adminToken } from './admin.js';
import { hasRoom } from './disk-room.js';
import { LOCAL_NODE, startLocalAgent } from './local-agent.js';
import { PROGRAM } from './program.js';
import { startProjector } from './projector-host.js';
import { startWriter } from './writer-host.js';

/** How long a writer that stops goes on with what it has accepted. */
const DRAIN_MS = 4000;

/** What is undone when the server stops, the last first. */
type Undo = () => Promise<unknown> | void;

export interface Server {
  /** Finishes what was accepted and leaves nothing running. */
  stop(): Promise<void>;
}

/**
 * Brings all parts up, in the order in which they rest on each other.
 * @param say prints a line for whoever started the server
 * @param onFailed is told why the server cannot go on; it has been stopped then
 * @throws Error when a part cannot be brought up; the message says what to change
 */
export async function startServer(
  settings: Settings,
  say: (line: string) => void,
  onFailed: (error: Error) => void,
): Promise<Server> {
  const undo: Undo[] = [];
  const stop = async () => {
    while (undo.length > 0) await undo.pop()!();
  };
  try {
    return await start(settings, say, undo, stop, (message) => {
      void stop().finally(() => onFailed(new Error(message)));
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  settings: Settings,
  say: (line: string) => void,
  undo: Undo[],
  stop: () => Promise<void>,
  onFailed: (message: string) => void,
): Promise<Server> {
  const { DAYBOOK_DATA_DIR: dataDir, DAYBOOK_LOG_LEVEL: logLevel } = settings;
  const logger = createLogger('server', logLevel);
  const lock = lockDataDir(dataDir);
  undo.push(() => lock.release());
  const secretKey = loadKey(dataDir, { DAYBOOK_SECRET_KEY: settings.DAYBOOK_SECRET_KEY ?? undefined });
  const { token, path: tokenPath, isNew } = adminToken(settings.DAYBOOK_ADMIN_TOKEN, dataDir);

  const broker = await openBroker({
    dataDir,
    lock,
    natsUrl: settings.NATS_URL,
    natsServer: settings.DAYBOOK_NATS_SERVER,
    logger,
  });
  undo.push(() => broker.stop());
  say(`log: ${broker.survives}`);
  const connection = await connectTo(broker.address, 'daybook-server');
  undo.push(() => connection.close());
  const log = await openJetStreamLog(connection);
  const mark = HighWaterMark.open(join(dataDir, 'log-mark.json'));
  await log.confirm(mark.found);
  undo.push(() => mark.flush());

  const store = await openReadStore({ databaseUrl: settings.DATABASE_URL, dataDir });
  undo.push(() => store.close());
  for (const checkpoint of await store.projections.checkpoints()) await log.confirm(checkpoint);
  const projector = await startProjector({
    broker: broker.address,
    databaseUrl: settings.DATABASE_URL,
    dataDir,
    logLevel,
  });
  undo.push(() => projector.close());

  const modulePath = [...settings.DAYBOOK_MODULEPATH, bundledModules];
  const environmentPath = settings.DAYBOOK_ENVIRONMENTPATH;
  const seen = Promise.withResolvers<void>();
  let isRestarting = false;
  const writer = await startWriter(
    {
      broker: broker.address,
      program: PROGRAM,
      secretKey,
      modulePath,
      environmentPath,
      agentGraceMs: settings.DAYBOOK_AGENT_GRACE_MS,
      storageDir: broker.embedded ? dataDir : null,
      logLevel,
    },
    {
      onCommitted: (position) => mark.note(position),
      onAgentSeen: (node) => node === LOCAL_NODE && seen.resolve(),
      onFailed,
      onStorageFull() {
        // JetStream goes on refusing writes after there is room again, until its server is started anew.
        if (!broker.embedded || isRestarting) return;
        isRestarting = true;
        hasRoom(dataDir)
          .then((room) => (room ? broker.restart() : undefined))
          .catch((error: unknown) => logger.error({ err: error }, 'nats-server could not be restarted'))
          .finally(() => (isRestarting = false));
      },
    },
  );
  undo.push(() => writer.close(DRAIN_MS));
  let hasStarted = false;
  const readiness = () => {
    const reasons = [...(hasStarted ? [] : ['the server is starting']), ...projector.troubles()];
    return { ready: reasons.length === 0, reasons };
  };
  const ports = {
    gateway: writer.gateway,
    queries: store.queries,
    positions: projector.positions,
    catalogue: openCatalogue({ modulePath, environmentPath }),
    sealer: createSealer(secretKey),
    largeValues: await openJetStreamValues(connection),
    clock: systemClock,
    publicUrl: settings.DAYBOOK_PUBLIC_URL,
  };
  const tls =
    settings.DAYBOOK_TLS_CERT !== null && settings.DAYBOOK_TLS_KEY !== null
      ? { cert: readFileSync(settings.DAYBOOK_TLS_CERT, 'utf8'), key: readFileSync(settings.DAYBOOK_TLS_KEY, 'utf8') }
      : null;
  const orchestrator = await createHttpApp(
    {
      module: class ServerModule {},
      imports: [OrchestratorModule.forRoot(ports), HealthModule.forRoot(readiness, PROGRAM)],
    },
    { logger, tls, tokens: { prefix: '/orchestrator', check: singleToken(token, adminSubject(log.streamId)) } },
  );
  const jobsApi = await createHttpApp(JobsApiModule, { logger, tls, tokens: null, errorBody: jobsApiErrorBody });
  undo.push(() => Promise.all([orchestrator.close(), jobsApi.close()]));
  await orchestrator.listen(settings.DAYBOOK_PORT, settings.DAYBOOK_HOST);
  await jobsApi.listen(settings.DAYBOOK_JOBS_PORT, settings.DAYBOOK_HOST);

  if (broker.embedded && settings.DAYBOOK_LOCAL_AGENT === 'on') {
    const agent = await startLocalAgent(dataDir, lock, logger);
    undo.push(() => agent.stop());
    await seen.promise;
  }
  hasStarted = true;
  const [url, jobsUrl] = await Promise.all([orchestrator.getUrl(), jobsApi.getUrl()]);
  say(isNew ? `admin token: ${token} (kept in ${tokenPath})` : `admin token: in ${tokenPath ?? 'DAYBOOK_ADMIN_TOKEN'}`);
  say(`ready: orchestrator API on ${url}, Jobs API on ${jobsUrl}`);
  return { stop };
}
