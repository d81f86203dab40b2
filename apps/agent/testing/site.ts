import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';

import { spawnAgent } from './agent-process.js';
import { NatsServer } from './nats-server.js';
import { TestDispatcher } from './test-dispatcher.js';

/** A broker with a dispatcher that remembers all, and room for agents. */
export async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-site-'));
  const server = await NatsServer.start();
  const nats = await connect({ servers: server.url, maxReconnectAttempts: -1, waitOnFirstConnect: true });
  const agents = new Set<ReturnType<typeof spawnAgent>>();
  return {
    dispatcher: new TestDispatcher(nats),
    path: (name: string) => join(folder, name),
    /** An agent that keeps its state here, so that the next one of its name goes on where it was. */
    agent(name: string, env: Record<string, string> = {}) {
      const agent = spawnAgent(name, join(folder, 'data'), server.url, env);
      agents.add(agent);
      return agent;
    },
    async close() {
      await Promise.all([...agents].map((agent) => agent.end('SIGKILL')));
      await nats.close();
      await server.kill();
      await rm(folder, { recursive: true });
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;
