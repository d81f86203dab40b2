import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from './data-dir-lock.js';
import { endProcess } from './process-end.js';
import { identify } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';

let dir: string;
let other: ChildProcess & { pid: number };
let holder: ProcessIdentity;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'daybook-lock-'));
  other = spawn('sleep', ['1000'], { stdio: 'ignore' }) as typeof other;
  holder = identify(other.pid)!;
});
afterEach(async () => {
  const gone = other.exitCode === null && other.signalCode === null ? once(other, 'exit') : null;
  other.kill('SIGKILL');
  await gone;
  rmSync(dir, { recursive: true });
});

const lockFile = () => join(dir, 'lock.json');
const leaveLock = (lock: ProcessIdentity, children = {}) =>
  writeFileSync(lockFile(), JSON.stringify({ ...lock, children }));

describe('the lock of a data directory', () => {
  it('names the process that holds it to a second server', () => {
    leaveLock(holder);
    expect(() => lockDataDir(dir)).toThrow(`data directory ${dir} is held by process ${other.pid}`);
  });

  it('cannot be taken twice by one process', () => {
    const lock = lockDataDir(dir);
    expect(() => lockDataDir(dir)).toThrow(`process ${process.pid}`);
    lock.release();
    lockDataDir(dir).release();
  });

  it('is taken over from a process that is gone', async () => {
    leaveLock(holder);
    await endProcess(holder);
    lockDataDir(dir);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('is taken over when the pid of its holder belongs to a later process', () => {
    leaveLock({ ...holder, startTime: 'earlier' });
    expect(() => lockDataDir(dir)).not.toThrow();
  });

  it.each(['', 'null', '{"pid":', '{"pid":1}'])('is taken over when its file holds %j', (text) => {
    writeFileSync(lockFile(), text);
    expect(() => lockDataDir(dir)).not.toThrow();
  });

  it('is refused while another starter takes it over', async () => {
    leaveLock({ ...holder, startTime: 'earlier' });
    writeFileSync(`${lockFile()}.takeover`, JSON.stringify({ ...holder, children: {} }));
    expect(() => lockDataDir(dir)).toThrow(`process ${other.pid}`);
    await endProcess(holder);
    expect(() => lockDataDir(dir)).not.toThrow();
  });

  it('leaves no file behind but itself, and none once released', () => {
    leaveLock({ ...holder, startTime: 'earlier' });
    const lock = lockDataDir(dir);
    expect(readdirSync(dir)).toEqual(['lock.json']);
    lock.release();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is not written again once released', () => {
    const lock = lockDataDir(dir);
    lock.release();
    lock.recordChild('agent', { pid: other.pid });
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('the children in a lock', () => {
  it('are known to the next holder after a crash, as long as they run', async () => {
    const lock = lockDataDir(dir);
    lock.recordChild('nats-server', { pid: other.pid, port: 20_123 });
    const { children } = JSON.parse(readFileSync(lockFile(), 'utf8')) as { children: object };
    leaveLock({ pid: other.pid, startTime: 'earlier' }, children);

    const next = lockDataDir(dir);
    expect(next.children().get('nats-server')).toEqual({ ...holder, details: { port: 20_123 } });
    await endProcess(holder);
    expect(next.children().size).toBe(0);
  });

  it('leave when they are forgotten', () => {
    const lock = lockDataDir(dir);
    lock.recordChild('agent', { pid: other.pid });
    lock.forget('agent');
    expect(lock.children().size).toBe(0);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ children: {} });
  });
});
