import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { lockDataDir } from '#platform';
import type { DataDirLock } from '#platform';
import { agentAddress } from './address.js';
import { connectTo } from './connect.js';
import { openBroker } from './open-broker.js';
import { newDataDir, silent } from './testing/open-here.js';

const CERT = resolve('libs/broker/testing/localhost.pem');
const KEY = resolve('libs/broker/testing/localhost-key.pem');

let dataDir: string;
let lock: DataDirLock;
let nats: ChildProcess | undefined;
let standIn: Server | undefined;

beforeEach(() => {
  dataDir = newDataDir();
  lock = lockDataDir(dataDir);
});
afterEach(async () => {
  standIn?.close();
  standIn = undefined;
  if (nats) {
    const gone = once(nats, 'exit');
    nats.kill('SIGKILL');
    await gone;
    nats = undefined;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

const open = (natsUrl: string) => openBroker({ dataDir, lock, natsUrl, natsServer: null, logger: silent });
const jetStream = () => `jetstream { store_dir: ${JSON.stringify(join(dataDir, 'store'))} }`;

/** Starts a nats-server on a port that it chooses itself, and returns that port. */
async function startNats(config: string): Promise<number> {
  const file = join(dataDir, 'outside.conf');
  writeFileSync(file, `listen: "127.0.0.1:-1"\n${config}\n`);
  nats = spawn(process.env['DAYBOOK_NATS_SERVER']!, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let port = 0;
  for await (const line of createInterface(nats.stderr!)) {
    port = Number(/Listening for client connections on .*:(\d+)/.exec(line)?.[1] ?? port);
    if (line.includes('Server is ready')) break;
  }
  return port;
}

/** Greets like a NATS server with these properties, and answers its pings. */
async function startStandIn(info: object): Promise<number> {
  standIn = createServer((socket) => {
    socket.write(`INFO ${JSON.stringify({ server_id: 'X', proto: 1, headers: true, ...info })}\r\n`);
    socket.on('data', (data) => data.toString().includes('PING') && socket.write('PONG\r\n'));
    socket.on('error', () => undefined);
  });
  await once(standIn.listen(0, '127.0.0.1'), 'listening');
  return (standIn.address() as AddressInfo).port;
}

describe('an outside NATS server', () => {
  it('is used over TLS with user and password, by the agents too', async () => {
    const port = await startNats(`${jetStream()}
      tls { cert_file: ${JSON.stringify(CERT)}, key_file: ${JSON.stringify(KEY)} }
      authorization { user: daybook, password: "p@ss:word" }`);
    const broker = await open(`tls://daybook:p%40ss%3Aword@localhost:${port}?ca=${CERT}`);
    expect(broker.embedded).toBe(false);
    expect(broker.survives(1)).toMatch(/^the NATS server at localhost:\d+ as daybook \(.*sync_interval: always/);
    expect(broker.survives(3)).toContain('in 3 copies, through the loss of 1 of their servers');
    expect(agentAddress(dataDir)).toEqual({ ...broker.address, isForJoining: false });
    await using connection = await connectTo(broker.address, 'test');
    expect(connection.info?.tls_required).toBe(true);
    await broker.stop();
    await connection.flush();
    await expect(broker.restart()).rejects.toThrow('not ours to restart');
  });

  it('is used with a token, as one of several hosts', async () => {
    const port = await startNats(`${jetStream()}\nauthorization { token: "t0ken" }`);
    const broker = await open(`nats://t0ken@127.0.0.1:${port},127.0.0.1:${port}`);
    await using connection = await connectTo(broker.address, 'test');
    expect(connection.info?.auth_required).toBe(true);
  });

  it('is refused when it turns the login away', async () => {
    const port = await startNats(`${jetStream()}\nauthorization { token: "t0ken" }`);
    await expect(open(`nats://wrong@127.0.0.1:${port}`)).rejects.toThrow(
      `the NATS server at 127.0.0.1:${port} refuses the login in NATS_URL`,
    );
  });

  it('is refused without JetStream', async () => {
    const port = await startNats('');
    await expect(open(`nats://127.0.0.1:${port}`)).rejects.toThrow(/has no JetStream for this login .*, expected it/);
  });

  it('is refused with a smaller max_payload than commits need', async () => {
    const port = await startNats(`${jetStream()}\nmax_payload: 64KB`);
    await expect(open(`nats://127.0.0.1:${port}`)).rejects.toThrow(
      'takes messages of 65536 bytes, expected a max_payload',
    );
  });

  it('is refused with its version when it is too old', async () => {
    const port = await startStandIn({ version: '2.9.10', max_payload: 1_048_576 });
    await expect(open(`nats://127.0.0.1:${port}`)).rejects.toThrow(
      `the NATS server at 127.0.0.1:${port} has version 2.9.10, expected 2.10.0 or newer`,
    );
  });

  it('is refused when it cannot be reached', async () => {
    const port = await startStandIn({});
    standIn!.close();
    await expect(open(`nats://127.0.0.1:${port}`)).rejects.toThrow(
      /cannot be reached .*, expected an answer within 10 s/,
    );
  });

  it.each(['credentials', 'ca'])('is not even tried when its %s file is missing', async (parameter) => {
    await expect(open(`tls://127.0.0.1:1?${parameter}=/nowhere/file`)).rejects.toThrow(
      `${parameter} in NATS_URL is '/nowhere/file', expected the path of a readable file`,
    );
  });
});
