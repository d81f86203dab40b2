import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jetstreamManager } from '@nats-io/jetstream';
import { connectTo, parseNatsUrl, whenJetStreamIsUp } from '#broker';
import { choosePort } from './port.js';

/** A nats-server that somebody else runs. */
export interface NatsServer {
  /** As NATS_URL has it, for this one alone. */
  readonly url: string;
  /** Of the present process. */
  readonly pid: number;
  /** Starts it again after it was killed; resolves when it listens. */
  revive(): Promise<void>;
  /** As its cluster knows it. */
  readonly name: string;
}

/** nats-servers on loopback that somebody else runs: a lone one, or a cluster. */
export interface NatsServers {
  /** As NATS_URL has it. */
  readonly url: string;
  readonly servers: readonly NatsServer[];
  /** The one that leads a stream at this moment. */
  leaderOf(stream: string): Promise<NatsServer>;
  stop(): Promise<void>;
}

interface Ports {
  readonly client: number;
  readonly route: number;
}

/** Starts nats-servers that sync every write; more than one make a cluster. */
export async function startNatsServers(count: number): Promise<NatsServers> {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-nats-'));
  const ports: Ports[] = [];
  for (let index = 0; index < count; index++) ports.push({ client: await choosePort(), route: await choosePort() });
  const servers = await Promise.all(
    ports.map(async (own, index) => {
      const name = `n${index + 1}`;
      const config = join(folder, `${name}.conf`);
      writeFileSync(config, configOf(name, own, ports, join(folder, name)));
      let child = await start(config);
      return {
        name,
        url: `nats://127.0.0.1:${own.client}`,
        get pid() {
          return child.pid!;
        },
        async revive() {
          if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
          child = await start(config);
        },
        async stop() {
          const exited = once(child, 'exit');
          child.kill('SIGKILL');
          await exited;
        },
      };
    }),
  );
  const url = `nats://${ports.map(({ client }) => `127.0.0.1:${client}`).join()}`;
  return {
    url,
    servers,
    async leaderOf(stream) {
      await using connection = await connectTo(parseNatsUrl(url), 'who leads');
      const ask = async () => {
        const { cluster } = await (await jetstreamManager(connection)).streams.info(stream);
        const leader = servers.find(({ name }) => name === cluster?.leader);
        if (!leader) throw new Error(`stream ${stream} has no leader, expected one`);
        return leader;
      };
      return await whenJetStreamIsUp(ask);
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configOf(name: string, own: Ports, all: readonly Ports[], store: string): string {
  const routes = all.map(({ route }) => `"nats://127.0.0.1:${route}"`).join();
  const cluster = `cluster { name: harm, listen: "127.0.0.1:${own.route}", routes: [${routes}] }`;
  return `
    server_name: ${name}
    listen: "127.0.0.1:${own.client}"
    jetstream { store_dir: ${JSON.stringify(store)}, sync_interval: always }
    ${all.length > 1 ? cluster : ''}`;
}

/** Resolves when it listens, which it does before its cluster has a leader. */
async function start(config: string) {
  const child = spawn(process.env['DAYBOOK_NATS_SERVER']!, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) =>
    createInterface(child.stderr).on('line', (line) => {
      if (lines.push(line) > 50) lines.shift();
      if (line.includes('Server is ready')) resolve();
    }),
  );
  const left = once(child, 'exit').then(() => Promise.reject(new Error(`nats-server left:\n${lines.join('\n')}`)));
  left.catch(() => undefined);
  await Promise.race([ready, left]);
  return child;
}
