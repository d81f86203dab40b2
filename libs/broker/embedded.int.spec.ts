import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { identify, isAlive } from '#platform';
import { startNode } from '../platform/testing/node-process.js';
import { until } from '../platform/testing/until.js';
import { agentAddress } from './address.js';
import type { BrokerAddress } from './address.js';
import { connectTo } from './connect.js';
import { newDataDir, openEmbeddedHere } from './testing/open-here.js';
import type { OpenedBroker } from './testing/open-here.js';

let dataDir: string;
let opened: OpenedBroker | undefined;
let connections: NatsConnection[];

beforeEach(() => {
  dataDir = newDataDir();
  connections = [];
});
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await opened?.close();
  opened = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

const open = async () => (opened = await openEmbeddedHere(dataDir));
const connected = async (address: BrokerAddress) => {
  const connection = await connectTo(address, 'test');
  connections.push(connection);
  return connection;
};
const natsPid = () => opened!.lock.children().get('nats-server')!.pid;

async function store(connection: NatsConnection, ...texts: string[]) {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'KEEP', subjects: ['keep'] });
  for (const text of texts) await jetstream(connection).publish('keep', text);
}
const stored = async (connection: NatsConnection) =>
  (await (await jetstreamManager(connection)).streams.info('KEEP')).state.messages;

describe('an embedded nats-server', () => {
  it('answers on loopback with JetStream, keeps its secrets to its owner and says what a write survives', async () => {
    const { broker } = await open();
    expect(broker.address.servers).toEqual([expect.stringMatching(/^127\.0\.0\.1:2\d{4}$/)]);
    expect(structuredClone(broker.address)).toEqual(broker.address);
    expect(broker.survives(1)).toContain('on disk');
    await store(await connected(broker.address), 'a');
    for (const file of ['nats-server.conf', 'embedded.json', 'agent.json']) {
      expect(statSync(join(dataDir, 'nats', file)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(dataDir, 'nats')).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(dataDir, 'nats', 'nats-server.conf'), 'utf8')).toContain('sync_interval: always');
  });

  it('turns away whoever has no password', async () => {
    const { broker } = await open();
    const nobody = { ...broker.address, login: { kind: 'none' } as const };
    await expect(connectTo(nobody, 'test', { waitOnFirstConnect: false })).rejects.toThrow(/authorization/i);
  });

  it('keeps port, passwords and messages over a stop', async () => {
    const { broker, close } = await open();
    await store(await connected(broker.address), 'a', 'b');
    const agent = agentAddress(dataDir);
    await close();

    const { broker: again } = await open();
    expect(again.address).toEqual(broker.address);
    expect(agentAddress(dataDir)).toEqual(agent);
    expect(await stored(await connected(again.address))).toBe(2);
  });

  it('finds a store that was made before there was an account of its own', async () => {
    const { broker, close } = await open();
    await store(await connected(broker.address), 'a', 'b');
    await close();
    const accounts = join(dataDir, 'nats', 'store', 'jetstream');
    renameSync(join(accounts, 'DAYBOOK'), join(accounts, '$G'));
    expect(await stored(await connected((await open()).broker.address))).toBe(2);
  });

  it('comes back by itself on the same port when it is killed, with all that was acknowledged', async () => {
    const { broker } = await open();
    const connection = await connected(broker.address);
    await store(connection, 'a', 'b', 'c');
    const killed = natsPid();
    const reconnected = untilStatus(connection, 'reconnect');
    process.kill(killed, 'SIGKILL');
    await reconnected;
    expect(natsPid()).not.toBe(killed);
    await until(() =>
      stored(connection).then(
        (count) => count === 3,
        () => false,
      ),
    );
  });

  it('is found again by a connection however often that has tried in vain', async () => {
    const { broker, close } = await open();
    const connection = await connected(broker.address);
    const tries = (async () => {
      let count = 0;
      for await (const { type } of connection.status()) if (type === 'reconnecting' && ++count > 15) return;
    })();
    await close();
    await tries;
    const back = untilStatus(connection, 'reconnect');
    await open();
    await back;
  });

  it('answers again when a restart returns', async () => {
    const { broker } = await open();
    await store(await connected(broker.address), 'a');
    const before = natsPid();
    await broker.restart();
    expect(natsPid()).not.toBe(before);
    expect(await stored(await connected(broker.address))).toBe(1);
  });

  it('is gone once it is stopped', async () => {
    const { close } = await open();
    const nats = identify(natsPid())!;
    await close();
    opened = undefined;
    expect(isAlive(nats)).toBe(false);
  });

  it('waits for its port, and says so when somebody keeps it', async () => {
    const { broker, close } = await open();
    await close();
    opened = undefined;
    const port = Number(broker.address.servers[0]!.split(':')[1]);
    const other = createServer();
    await once(other.listen(port, '127.0.0.1'), 'listening');
    await expect(open()).rejects.toThrow(`port ${port} of the embedded nats-server is taken by another process`);

    const waiting = open();
    other.close();
    expect((await waiting).broker.address).toEqual(broker.address);
  });
});

describe('what a killed server leaves over', () => {
  it('is ended before another nats-server starts on the same store, and loses nothing', async () => {
    const server = startNode(
      (dist) => `
      import { lockDataDir, createLogger } from '${dist}/platform/index.js';
      import { openBroker } from '${dist}/broker/index.js';
      const dataDir = ${JSON.stringify(dataDir)};
      const lock = lockDataDir(dataDir);
      const natsServer = process.env.DAYBOOK_NATS_SERVER;
      const { address } = await openBroker({ dataDir, lock, natsUrl: null, natsServer, logger: createLogger('t', 'silent') });
      console.log(JSON.stringify({ address, pid: lock.children().get('nats-server').pid }));
    `,
    );
    const { address, pid } = JSON.parse((await server.nextLine())!) as { address: BrokerAddress; pid: number };
    await store(await connected(address), 'a', 'b');
    const orphan = identify(pid)!;
    // Frozen, it cannot leave by itself.
    process.kill(pid, 'SIGSTOP');
    const gone = once(server.process, 'exit');
    process.kill(-server.process.pid, 'SIGKILL');
    await gone;
    expect(isAlive(orphan)).toBe(true);

    const { broker } = await open();
    expect(isAlive(orphan)).toBe(false);
    expect(broker.address).toEqual(address);
    expect(await stored(await connected(broker.address))).toBe(2);
  });

  it('is ended though no lock file tells of it', async () => {
    const { close } = await open();
    await close();
    const config = join(dataDir, 'nats', 'nats-server.conf');
    const stray = spawn(process.env['DAYBOOK_NATS_SERVER']!, ['-c', config], { stdio: 'ignore' });
    await once(stray, 'spawn');
    const ended = once(stray, 'exit');
    await open();
    await ended;
  });
});

async function untilStatus(connection: NatsConnection, type: string) {
  for await (const status of connection.status()) if (status.type === type) return status;
  throw new Error(`the connection closed, expected the status ${type}`);
}
