import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { startNats } from '../setup/nats.js';
import type { OutsideNats } from '../setup/nats.js';
import { processesNaming } from '../setup/processes.js';
import { startRefused } from '../setup/refused-server.js';
import { newDataDir, startServer } from '../setup/server.js';

let nats: OutsideNats;
/** Takes a port and never says a word. */
let silent: Server;
let port: number;

beforeAll(async () => {
  nats = await startNats();
  silent = createServer((socket) => socket.on('error', () => undefined));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  port = (silent.address() as AddressInfo).port;
});
afterAll(async () => {
  silent.close();
  await nats.stop();
});

/** Leaves with status 1 and one sentence, and leaves nothing behind. */
async function expectRefusal(
  env: Readonly<Record<string, string>>,
  sentence: RegExp,
  dataDir = newDataDir(),
): Promise<void> {
  const { status, signal, stderr } = await startRefused(dataDir, env);
  expect({ status, signal, stderr }).toEqual({
    status: 1,
    signal: null,
    stderr: expect.stringMatching(sentence) as string,
  });
  // Beside it there may be lines of the log, which are JSON.
  const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(said).toHaveLength(1);
  expect(processesNaming(dataDir)).toEqual([]);
  expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  rmSync(dataDir, { recursive: true });
}

describe('a server does not start, and says why,', () => {
  it('when a setting is wrong', () =>
    expectRefusal({ DAYBOOK_PORT: 'http' }, /^daybook: DAYBOOK_PORT is 'http', expected an integer from 0 to 65535$/m));

  it('when NATS_URL is none', () =>
    expectRefusal({ NATS_URL: 'http://127.0.0.1' }, /^daybook: NATS_URL is 'http:.*expected nats/m));

  it('when the NATS server refuses its login', () =>
    expectRefusal(
      { NATS_URL: `nats://ops:wrong@${nats.host}` },
      new RegExp(`^daybook: the NATS server at ${nats.host} as ops refuses the login in NATS_URL`, 'm'),
    ));

  it('when nobody answers where NATS_URL or DATABASE_URL point, for some seconds', async () => {
    const unreachable = /^daybook: the NATS server at 127\.0\.0\.1:\d+ cannot be reached .*, expected an answer/m;
    const unusable = /^daybook: the read store at postgresql:\/\/me@127\.0\.0\.1:\d+\/x cannot be used: .*timeout/m;
    await Promise.all([
      expectRefusal({ NATS_URL: 'nats://127.0.0.1:1' }, unreachable),
      expectRefusal({ NATS_URL: `nats://127.0.0.1:${port}` }, unreachable),
      expectRefusal({ DATABASE_URL: `postgresql://me:secret@127.0.0.1:${port}/x` }, unusable),
    ]);
  });

  it('when the database cannot be reached', () =>
    expectRefusal(
      { DATABASE_URL: 'postgresql://daybook:secret@127.0.0.1:1/daybook' },
      /^daybook: the read store at postgresql:\/\/daybook@127\.0\.0\.1:1\/daybook cannot be used: .*ECONNREFUSED/m,
    ));

  it('when its port is taken', () =>
    expectRefusal(
      { DAYBOOK_PORT: String(port) },
      new RegExp(
        `^daybook: DAYBOOK_PORT is '${port}', expected a port that is free on 127\\.0\\.0\\.1: .*EADDRINUSE`,
        'm',
      ),
    ));

  it('when the port of its Jobs API is taken', () =>
    expectRefusal(
      { DAYBOOK_JOBS_PORT: String(port) },
      new RegExp(`^daybook: DAYBOOK_JOBS_PORT is '${port}', expected a port that is free`, 'm'),
    ));

  it('when the nats-server that it was given is none', () =>
    expectRefusal(
      { DAYBOOK_NATS_SERVER: '/bin/true' },
      /^daybook: DAYBOOK_NATS_SERVER is '\/bin\/true', .*expected the path of a nats-server/m,
    ));

  it('when the certificate is not there', () =>
    expectRefusal(
      { DAYBOOK_TLS_CERT: '/nowhere/cert.pem', DAYBOOK_TLS_KEY: '/nowhere/key.pem' },
      /^daybook: DAYBOOK_TLS_CERT is '.*cert\.pem', expected a file that can be read: ENOENT/m,
    ));

  it.each([
    ['admin-token', '', 'holds 0 characters that are no token, expected at least 16 .*; put the token back, or remove'],
    ['secret-key', '', 'holds 0 bytes, expected 32 bytes in base64; put the key back .*, or set DAYBOOK_SECRET_KEY'],
    ['nats/embedded.json', '{', 'is not JSON, expected port and passwords .*; put it back, or remove it'],
    ['log-mark.json', '{}', "is '{}', expected number, sequence and hash .*; put it back, or remove it"],
    ['read.db', 'no database'.repeat(99), 'cannot be used: file is not a database; if .* remove it .* builds it again'],
  ])('when %s is broken, and says what to do', async (file, text, sentence) => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, 'nats'), { recursive: true });
    writeFileSync(join(dataDir, file), text, { mode: 0o600 });
    await expectRefusal({}, new RegExp(`^daybook: .*${join(dataDir, file)} .*${sentence}`, 'm'), dataDir);
  });

  it('when its secret key is lost, until the old one is put in the place of the new one', async () => {
    const dataDir = newDataDir();
    const key = join(dataDir, 'secret-key');
    await (await startServer({ dataDir })).stop();
    renameSync(key, `${key}.old`);
    const { status, stderr } = await startRefused(dataDir, {});
    expect(status).toBe(1);
    expect(stderr).toMatch(/^daybook: .*the secret key has check value '.*', expected '/m);
    renameSync(`${key}.old`, key);
    await (await startServer({ dataDir })).stop();
    rmSync(dataDir, { recursive: true });
  });

  it('when another server has its data directory', async () => {
    const server = await startServer();
    const { dataDir } = server;
    try {
      const { status, stderr } = await startRefused(dataDir, {});
      expect(status).toBe(1);
      expect(stderr).toBe(
        `daybook: data directory ${dataDir} is held by process ${server.pid}, expected no other server or agent on it\n`,
      );
    } finally {
      await server.stop();
    }
  });
});
