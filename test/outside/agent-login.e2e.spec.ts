import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { startNats } from '../setup/nats.js';
import type { OutsideNats } from '../setup/nats.js';
import { newDataDir } from '../setup/server.js';

let nats: OutsideNats;
let dataDir: string;
beforeAll(async () => {
  nats = await startNats();
  dataDir = newDataDir();
});
afterAll(async () => {
  await nats.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const spawnAgent = (natsUrl: string) =>
  spawn(process.execPath, [resolve('dist/run/agent.js'), '--name', 'a', '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DAYBOOK_LOG_LEVEL: 'warn', NATS_URL: natsUrl },
  });

describe('an agent', () => {
  it.each([
    ['whose login is refused', () => `nats://ops:wrong@${nats.host}`, /Authorization Violation/],
    ['that finds no NATS server', () => 'nats://127.0.0.1:1', /connection refused/i],
  ])('%s says so once and tries on', async (_, url, reason) => {
    const agent = spawnAgent(url());
    const lines = createInterface(agent.stderr)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatch(reason);
    const exited = once(agent, 'exit');
    agent.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    expect((await lines.next()).done).toBe(true);
  });

  it('on a folder that no server has used leaves and says what it misses', async () => {
    const agent = spawnAgent('');
    const [stderr] = await Promise.all([text(agent.stderr), once(agent, 'exit')]);
    expect(stderr).toMatch(
      /agent\.json cannot be read, expected the file that a running server writes, or --server and --join/,
    );
    expect(agent.exitCode).toBe(1);
  });
});
