import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseNatsUrl } from '#broker';
import { startPostgres } from '../../libs/read-store/testing/databases.js';
import { startNatsServers } from '../setup/nats-servers.js';
import type { NatsServers } from '../setup/nats-servers.js';
import { newDataDir } from '../setup/server.js';
import type { Site } from './site.js';
import { superviseAgent, superviseServer } from './supervised.js';
import type { SupervisedServer } from './supervised.js';
import type { Victim } from './victim.js';

const NODES = ['web1.example.com', 'web2.example.com'];

/** What of a site with two servers can be harmed. */
export interface Parts {
  readonly nats: NatsServers;
  readonly agents: readonly Victim[];
  readonly servers: readonly SupervisedServer[];
}

type TargetsOf = (parts: Parts) => Site['targets'];

/** Two servers on nats-servers and a PostgreSQL that somebody else runs, and two agents. */
export async function openTwoServers(name: string, natsServers: number, targetsOf: TargetsOf): Promise<Site> {
  const undo = new AsyncDisposableStack();
  const folder = () => {
    const path = newDataDir();
    undo.defer(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };
  const [nats, postgres] = await Promise.all([startNatsServers(natsServers), startPostgres()]);
  undo.defer(() => postgres.stop());
  undo.defer(() => nats.stop());
  const secretKey = randomBytes(32);
  const databaseUrl = await postgres.emptyDatabase();
  const env = {
    NATS_URL: nats.url,
    DATABASE_URL: databaseUrl,
    DAYBOOK_MODULEPATH: resolve('test/harm/modules'),
    DAYBOOK_SECRET_KEY: secretKey.toString('base64'),
    // So that it says when it becomes the writer.
    DAYBOOK_LOG_LEVEL: 'info',
  };
  const faults: string[] = [];
  const servers: SupervisedServer[] = [];
  for (let index = 0; index < 2; index++) servers.push(await superviseServer({ dataDir: folder(), env }, faults));
  const agents = await Promise.all(
    NODES.map((node) => superviseAgent({ name: node, dataDir: folder(), natsUrl: nats.url })),
  );
  return {
    name,
    servers,
    nodes: NODES,
    targets: targetsOf({ nats, agents, servers }),
    secretKey,
    broker: () => parseNatsUrl(nats.url),
    readModels: { databaseUrl, dataDir: '' },
    emptyReadModels: async () => ({ databaseUrl: await postgres.emptyDatabase(), dataDir: '' }),
    async stopServers() {
      await Promise.all(agents.map((agent) => agent.stop()));
      // The writer last: nobody is left to begin another reign.
      const writer = writerOf(servers);
      await Promise.all(servers.filter((server) => server !== writer).map((server) => server.stop()));
      await writer.stop();
    },
    close: () => undo.disposeAsync(),
    faults,
  };
}

/** The server that began the youngest reign. */
export function writerOf(servers: readonly SupervisedServer[]): SupervisedServer {
  const reigns = servers.map(({ server }) => youngestReign(server.lines));
  return servers[reigns.indexOf(Math.max(...reigns))]!;
}

function youngestReign(lines: readonly string[]): number {
  const line = lines.findLast((each) => each.includes('"msg":"writer opened"'));
  return line === undefined ? 0 : (JSON.parse(line) as { reign: number }).reign;
}
