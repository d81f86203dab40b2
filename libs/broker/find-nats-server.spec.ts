import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onPath } from '#platform';
import { programVersion } from './find/program-version.js';
import { fetchRelease } from './find/release.js';
import { findNatsServer } from './find-nats-server.js';
import { isNewEnough } from './version.js';

const logger = pino({ level: 'silent' });
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'daybook-find-'))));
afterEach(() => rmSync(dir, { recursive: true }));

/** A program that says what a nats-server of that version would say. */
function program(path: string, says: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  return path;
}
const natsServer = (version: string, path = join(dir, version, 'nats-server')) =>
  program(path, `nats-server: v${version}`);

describe('a version', () => {
  it.each(['2.10.0', 'v2.10.27', '2.15.0-RC.2', '3.0.1'])('%s is new enough', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });
  it.each(['2.9.10', '1.15.0', '2.1.12', '', 'unknown'])('%j is not new enough', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});

describe('the nats-server of DAYBOOK_NATS_SERVER', () => {
  const find = (given: string) => findNatsServer({ given, cacheDir: join(dir, 'cache'), logger });

  it('is used', async () => {
    const path = natsServer('2.11.3');
    expect(await find(path)).toBe(path);
  });

  it('is refused with its version when it is too old', async () => {
    const path = natsServer('2.9.10');
    await expect(find(path)).rejects.toThrow(
      `DAYBOOK_NATS_SERVER is '${path}' of version 2.9.10, expected the path of a nats-server 2.10.0 or newer`,
    );
  });

  it('is refused when it is missing, though others could be found', async () => {
    natsServer('2.15.1', join(dir, 'cache', 'nats-server'));
    await expect(find(join(dir, 'nowhere'))).rejects.toThrow(
      /^DAYBOOK_NATS_SERVER is '.*nowhere', .*, expected the path/,
    );
  });

  it('is refused when it is another program', async () => {
    const path = program(join(dir, 'other'), 'hello');
    await expect(find(path)).rejects.toThrow(/^DAYBOOK_NATS_SERVER is .*printed 'hello'.*, expected the path/);
  });
});

describe('the search without DAYBOOK_NATS_SERVER', () => {
  const { PATH } = process.env;
  afterEach(() => (process.env['PATH'] = PATH));
  const find = () => findNatsServer({ given: null, cacheDir: join(dir, 'cache'), logger });

  it('prefers the PATH to what was fetched before', async () => {
    const path = natsServer('2.12.0');
    natsServer('2.15.1', join(dir, 'cache', 'nats-server'));
    process.env['PATH'] = `${join(dir, '2.12.0')}:${PATH}`;
    expect(await find()).toBe(path);
  });

  it('passes over one on the PATH that is too old', async () => {
    natsServer('2.9.10');
    const cached = natsServer('2.15.1', join(dir, 'cache', 'nats-server'));
    process.env['PATH'] = `${join(dir, '2.9.10')}:/usr/bin:/bin`;
    expect(await find()).toBe(cached);
  });
});

describe('the PATH', () => {
  it('is searched in its order, for files that may be run', () => {
    const [first, second] = [natsServer('2.10.1'), natsServer('2.10.2')];
    mkdirSync(join(dir, 'folder', 'nats-server'), { recursive: true });
    writeFileSync(join(dir, 'nats-server'), 'no program');
    const path = ['', 'folder', '.', '2.10.2', 'missing', '2.10.1'].map((name) => name && join(dir, name)).join(':');
    expect(onPath('nats-server', path)).toEqual([second, first]);
  });
});

describe('a release', () => {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `nats-server-v2.15.0-${platform}`;
  const server = createServer((request, response) => {
    if (request.url === `/v2.15.0/${name}.tar.gz`) response.end(tarball);
    else response.writeHead(404).end();
  });
  let tarball: Buffer;
  const fetch = async (digest: string, version = '2.15.0') => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mkdirSync(join(dir, 'into'));
    return fetchRelease({ version, url, sha256: { [platform]: digest } }, join(dir, 'into'));
  };

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    natsServer('2.15.0', join(dir, name, 'nats-server'));
    execFileSync('tar', ['-czf', join(dir, 'release.tar.gz'), '-C', dir, name]);
    tarball = readFileSync(join(dir, 'release.tar.gz'));
  });

  it('is downloaded, checked and unpacked', async () => {
    const fetched = await fetch(createHash('sha256').update(tarball).digest('hex'));
    expect(await programVersion(fetched)).toBe('2.15.0');
  });

  it('is refused when its digest differs', async () => {
    await expect(fetch('0'.repeat(64))).rejects.toThrow(`tar.gz has the SHA-256`);
  });

  it('is refused when it is not there', async () => {
    await expect(fetch('0'.repeat(64), '2.15.9')).rejects.toThrow('cannot be fetched: status 404, expected 200');
  });
});
