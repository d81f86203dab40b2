import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ProcessIdentity } from '#platform';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { newDataDir } from '../setup/server.js';
import type { Site } from './site.js';
import { selfHealing, superviseAgent, superviseServer } from './supervised.js';

const NODE = 'web1.example.com';

/** One server as a user starts it, with its own nats-server, SQLite and agent, and one agent more. */
export async function openOneServer(): Promise<Site> {
  const dataDir = newDataDir();
  const rebuilt = newDataDir();
  const secretKey = randomBytes(32);
  const faults: string[] = [];
  const env = {
    DAYBOOK_MODULEPATH: resolve('test/harm/modules'),
    DAYBOOK_SECRET_KEY: secretKey.toString('base64'),
  };
  const server = await superviseServer({ dataDir, env }, faults);
  const agent = await superviseAgent({ name: NODE, dataDir });
  const child = (name: string) => selfHealing(childrenOf(dataDir)[name]!);
  const agents = () => [child('agent'), agent];
  return {
    name: 'one server',
    servers: [server],
    nodes: ['localhost', NODE],
    targets: {
      server: () => Promise.resolve([server]),
      'nats-server': () => Promise.resolve([child('nats-server')]),
      agents: () => Promise.resolve(agents()),
      everything: () => Promise.resolve([server, child('nats-server'), ...agents()]),
    },
    secretKey,
    broker: () => embeddedBroker(dataDir),
    readModels: { databaseUrl: null, dataDir },
    emptyReadModels: () => Promise.resolve({ databaseUrl: null, dataDir: rebuilt }),
    async stopServers() {
      await agent.stop();
      await server.stop();
    },
    close() {
      for (const folder of [dataDir, rebuilt]) rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
    faults,
  };
}

/** The children that the lock file names. */
function childrenOf(dataDir: string): Record<string, ProcessIdentity> {
  const lock = JSON.parse(readFileSync(join(dataDir, 'lock.json'), 'utf8')) as {
    children: Record<string, ProcessIdentity>;
  };
  return lock.children;
}
