import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf, echoLater } from '../api/client.js';
import { newDataDir, startServer } from '../setup/server.js';

interface LockFile {
  readonly children: Record<string, { readonly pid: number }>;
}

describe('a log that has lost its end', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = newDataDir();
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  async function runOnce(): Promise<void> {
    const server = await startServer({ dataDir });
    expect((await clientOf(server).post('schedule_task', echoLater())).status).toBe(202);
    await server.stop();
  }

  /** Runs, keeps a copy of the store, runs again, and puts the copy back. */
  async function loseTheEnd(): Promise<void> {
    const store = join(dataDir, 'nats', 'store');
    const copy = join(dataDir, 'copy');
    await runOnce();
    cpSync(store, copy, { recursive: true });
    await runOnce();
    rmSync(store, { recursive: true });
    cpSync(copy, store, { recursive: true });
  }

  it('is not written to: the mark beside it remembers how far it went', async () => {
    await loseTheEnd();
    rmSync(join(dataDir, 'read.db'));
    await expect(startServer({ dataDir })).rejects.toThrow(/the log went backwards: event \d+/);
  });

  it('is not written to by a server that is at work: it leaves and says why', async () => {
    const store = join(dataDir, 'nats', 'store');
    const copy = join(dataDir, 'copy');
    await runOnce();
    cpSync(store, copy, { recursive: true });
    const server = await startServer({ dataDir });
    const client = clientOf(server);
    expect((await client.post('schedule_task', echoLater())).status).toBe(202);
    rmSync(store, { recursive: true });
    cpSync(copy, store, { recursive: true });
    const { children } = JSON.parse(readFileSync(join(dataDir, 'lock.json'), 'utf8')) as LockFile;
    process.kill(children['nats-server']!.pid, 'SIGKILL');
    expect((await client.post('schedule_task', echoLater())).status).toBe(504);
    expect(await server.exited).toEqual({ status: 1, signal: null });
    expect(server.lines.join('\n')).toMatch(/daybook: the log went backwards: event \d+/);
  });

  it('is not written to: the read models remember it too', async () => {
    await loseTheEnd();
    rmSync(join(dataDir, 'log-mark.json'));
    await expect(startServer({ dataDir })).rejects.toThrow(/the log went backwards: event \d+/);
  });
});
