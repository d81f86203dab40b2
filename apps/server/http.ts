import { readFileSync } from 'node:fs';
import { createAuthenticator, forgettingAfter } from '#access';
import { AgentsApiModule } from '#agents-api';
import { AuditApiModule } from '#audit-api';
import { ClassifierApiModule } from '#classifier-api';
import type { Subject } from '#domain';
import type { EventLog } from '#event-log';
import { EventsApiModule } from '#events-api';
import { acceptRawBodies, createHttpApp, HealthModule, MetricsModule } from '#http';
import type { Exposition, Readiness } from '#http';
import { admitRequests, JobsApiModule, jobsApiErrors } from '#jobs-api';
import { OpenApiModule } from '#openapi';
import { OrchestratorModule } from '#orchestrator';
import { PROGRAM, VERSION } from '#platform';
import type { Logger, Settings } from '#platform';
import { ProjectionsApiModule } from '#projections-api';
import type { ProjectionStates } from '#projections-api';
import { RbacApiModule } from '#rbac-api';
import { SchemasApiModule } from '#schemas-api';
import { areasOn, needsToken } from './areas.js';

export interface HttpOptions {
  readonly settings: Settings;
  /** As `tlsOf` gives it. */
  readonly tls: ReturnType<typeof tlsOf>;
  readonly ports: Parameters<typeof OrchestratorModule.forRoot>[0];
  readonly agents: Parameters<typeof AgentsApiModule.forRoot>[0];
  readonly log: EventLog;
  readonly projections: ProjectionStates;
  readonly giveWay: Parameters<typeof EventsApiModule.forRoot>[0]['giveWay'];
  readonly subscribe: Parameters<typeof JobsApiModule.forRoot>[0]['subscribe'];
  readonly readiness: Readiness;
  readonly exposition: Exposition;
  readonly token: string;
  /** Whose token it is. */
  readonly administrator: Subject;
  readonly logger: Logger;
}

/** All HTTP servers, listening. */
export interface HttpServers {
  readonly url: string;
  readonly jobsUrl: string;
  /** Null: the RBAC API has no port of its own. */
  readonly rbacUrl: string | null;
  close(): Promise<unknown>;
}

/** Lets all APIs listen. @throws Error naming the setting whose port or file cannot be used */
export async function listen({
  settings,
  tls,
  ports,
  agents,
  log,
  projections,
  giveWay,
  subscribe,
  readiness,
  exposition,
  token,
  administrator,
  logger,
}: HttpOptions): Promise<HttpServers> {
  const authenticator = createAuthenticator({
    administrator: { token, subject: administrator },
    gateway: ports.gateway,
    clock: ports.clock,
  });
  const gateway = forgettingAfter(ports.gateway, () => authenticator.forget());
  const { queries, positions, sealer, publicUrl } = ports;
  const shared = { gateway, queries, positions, digest: sealer.digest };
  const health = HealthModule.forRoot(readiness, PROGRAM);
  const rbac = RbacApiModule.forRoot(shared);
  const root = {
    module: class ServerModule {},
    imports: [
      OrchestratorModule.forRoot({ ...ports, gateway }),
      EventsApiModule.forRoot({
        ...shared,
        log,
        giveWay,
        authenticate: authenticator.authenticate,
        admission: agents.admission,
        publicUrl,
      }),
      AgentsApiModule.forRoot(agents),
      ClassifierApiModule.forRoot(shared),
      ProjectionsApiModule.forRoot({ log, states: projections }),
      rbac,
      health,
      MetricsModule.forRoot(exposition),
      OpenApiModule.forRoot({ version: VERSION, needsToken, publicUrl }),
      SchemasApiModule.forRoot(),
      AuditApiModule.forRoot({ ...shared, log, largeValues: ports.largeValues, publicUrl, program: PROGRAM }),
    ],
  };
  const rbacRoot = { module: class RbacServerModule {}, imports: [rbac, health] };
  const guarded = {
    logger,
    tls,
    guard: { authenticate: authenticator.authenticate, areas: areasOn(settings.DAYBOOK_HOST) },
  };
  const orchestrator = await createHttpApp(root, guarded);
  const jobsModule = JobsApiModule.forRoot({
    ...ports,
    gateway,
    readiness,
    streamId: log.streamId,
    subscribe,
    answerWithinMs: settings.DAYBOOK_APP_TIMEOUT_MS,
    letIn: () => agents.admission?.settled() ?? Promise.resolve(),
    authenticate: authenticator.authenticate,
    timeZone: settings.DAYBOOK_TIME_ZONE,
    apps: settings.DAYBOOK_APPS,
    version: VERSION,
  });
  const jobsApi = await createHttpApp(jobsModule, {
    logger,
    tls,
    guard: null,
    admit: admitRequests({ apiToken: settings.DAPR_API_TOKEN, publicUrl }),
    errors: jobsApiErrors,
    acceptBodies: acceptRawBodies,
  });
  const rbacApi = settings.DAYBOOK_RBAC_PORT === null ? null : await createHttpApp(rbacRoot, guarded);
  const close = () => Promise.all([orchestrator.close(), jobsApi.close(), rbacApi?.close()]);
  try {
    await listenOn(orchestrator, 'DAYBOOK_PORT', settings);
    await listenOn(jobsApi, 'DAYBOOK_JOBS_PORT', settings);
    if (rbacApi) await listenOn(rbacApi, 'DAYBOOK_RBAC_PORT', settings);
  } catch (error) {
    await close();
    throw error;
  }
  const [url, jobsUrl] = [await orchestrator.getUrl(), await jobsApi.getUrl()];
  return { url, jobsUrl, rbacUrl: (await rbacApi?.getUrl()) ?? null, close };
}

/** The texts of certificate and key; null: plain HTTP. @throws Error naming the setting whose file cannot be read */
export function tlsOf({
  DAYBOOK_TLS_CERT: cert,
  DAYBOOK_TLS_KEY: key,
}: Settings): { cert: string; key: string } | null {
  if (cert === null || key === null) return null;
  return { cert: readSettingFile('DAYBOOK_TLS_CERT', cert), key: readSettingFile('DAYBOOK_TLS_KEY', key) };
}

function readSettingFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${name} is '${path}', expected a file that can be read: ${(error as Error).message}`);
  }
}

async function listenOn(
  app: { listen(port: number, host: string): Promise<unknown> },
  name: 'DAYBOOK_PORT' | 'DAYBOOK_JOBS_PORT' | 'DAYBOOK_RBAC_PORT',
  settings: Settings,
): Promise<void> {
  try {
    await app.listen(settings[name] ?? 0, settings.DAYBOOK_HOST);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `${name} is '${settings[name]}', expected a port that is free on ${settings.DAYBOOK_HOST}: ${message}`,
    );
  }
}
