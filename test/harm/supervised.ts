import type { ProcessIdentity } from '#platform';
import { startAgent } from '../setup/agent.js';
import type { TestAgentOptions } from '../setup/agent.js';
import { choosePort } from '../setup/port.js';
import { startServer } from '../setup/server.js';
import type { TestServer, TestServerOptions } from '../setup/server.js';
import type { Reachable } from './site.js';
import type { Victim } from './victim.js';

export interface SupervisedServer extends Victim, Reachable {
  /** The present process, or the last one. */
  readonly server: TestServer;
  stop(): Promise<void>;
}

/** A server on a port of its own that is started again when it was killed; one that leaves by itself is a fault. */
export async function superviseServer(options: TestServerOptions, faults: string[]): Promise<SupervisedServer> {
  const env = { ...options.env, DAYBOOK_PORT: String(await choosePort()) };
  let isStopping = false;
  const start = async () => {
    const server = await startServer({ ...options, env });
    void server.exited.then(({ signal, status }) => {
      if (isStopping || signal === 'SIGKILL') return;
      faults.push(`a server left by itself (${signal ?? `status ${status}`}):\n${server.lines.slice(-20).join('\n')}`);
    });
    return server;
  };
  let server = await start();
  return {
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    get token() {
      return server.token;
    },
    get pid() {
      return server.pid;
    },
    async revive() {
      await server.exited;
      server = await start();
    },
    async stop() {
      isStopping = true;
      await server.stop();
    },
  };
}

export interface SupervisedAgent extends Victim {
  stop(): Promise<void>;
}

/** An agent that is started again when it was killed. */
export async function superviseAgent(options: TestAgentOptions): Promise<SupervisedAgent> {
  let agent = await startAgent(options);
  return {
    get pid() {
      return agent.pid;
    },
    async revive() {
      await agent.end('SIGKILL');
      agent = await startAgent(options);
    },
    stop: () => agent.end('SIGTERM'),
  };
}

/** A process that Daybook itself starts again. */
export const selfHealing = ({ pid }: ProcessIdentity): Victim => ({ pid, revive: () => Promise.resolve() });
