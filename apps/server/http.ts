import { readFileSync } from 'node:fs';
import { createHttpApp, HealthModule, singleToken } from '#http';
import type { Readiness } from '#http';
import { JobsApiModule, jobsApiErrorBody } from '#jobs-api';
import { OpenApiModule } from '#openapi';
import { OrchestratorModule } from '#orchestrator';
import type { Logger, Settings } from '#platform';
import type { Subject } from '#domain';
import { PROGRAM, VERSION } from './program.js';

export interface HttpOptions {
  readonly settings: Settings;
  readonly ports: Parameters<typeof OrchestratorModule.forRoot>[0];
  readonly readiness: Readiness;
  readonly token: string;
  /** Whose token it is. */
  readonly administrator: Subject;
  readonly logger: Logger;
}

/** Both HTTP servers, listening. */
export interface HttpServers {
  readonly url: string;
  readonly jobsUrl: string;
  close(): Promise<unknown>;
}

/** Lets both APIs listen. @throws Error naming the setting whose port or file cannot be used */
export async function listen({
  settings,
  ports,
  readiness,
  token,
  administrator,
  logger,
}: HttpOptions): Promise<HttpServers> {
  const tls = tlsOf(settings);
  const tokens = { prefix: '/orchestrator', check: singleToken(token, administrator) };
  const needsToken = (path: string) => path.startsWith(tokens.prefix);
  const root = {
    module: class ServerModule {},
    imports: [
      OrchestratorModule.forRoot(ports),
      HealthModule.forRoot(readiness, PROGRAM),
      OpenApiModule.forRoot({ version: VERSION, needsToken, publicUrl: ports.publicUrl }),
    ],
  };
  const orchestrator = await createHttpApp(root, { logger, tls, tokens });
  const jobsApi = await createHttpApp(JobsApiModule, { logger, tls, tokens: null, errorBody: jobsApiErrorBody });
  const close = () => Promise.all([orchestrator.close(), jobsApi.close()]);
  try {
    await listenOn(orchestrator, 'DAYBOOK_PORT', settings);
    await listenOn(jobsApi, 'DAYBOOK_JOBS_PORT', settings);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: await orchestrator.getUrl(), jobsUrl: await jobsApi.getUrl(), close };
}

function tlsOf({ DAYBOOK_TLS_CERT: cert, DAYBOOK_TLS_KEY: key }: Settings): { cert: string; key: string } | null {
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
  name: 'DAYBOOK_PORT' | 'DAYBOOK_JOBS_PORT',
  settings: Settings,
): Promise<void> {
  try {
    await app.listen(settings[name], settings.DAYBOOK_HOST);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `${name} is '${settings[name]}', expected a port that is free on ${settings.DAYBOOK_HOST}: ${message}`,
    );
  }
}
