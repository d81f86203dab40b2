import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startChild } from './child.js';
import type { Child } from './child.js';
import { lockDataDir } from './data-dir-lock.js';
import type { DataDirLock } from './data-dir-lock.js';
import { identify, isAlive } from './process-identity.js';
import { startNode } from './testing/node-process.js';
import type { NodeProcess } from './testing/node-process.js';
import { until } from './testing/until.js';

const logger = pino({ level: 'silent' });
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'daybook-child-'))));
afterEach(() => rmSync(dir, { recursive: true }));

describe('a child program', () => {
  let lock: DataDirLock;
  let child: Child | undefined;
  const start = (script: string) =>
    (child = startChild(
      { name: 'sleeper', command: 'sh', args: ['-c', script], details: { port: 7 } },
      { lock, logger },
    ));
  const recorded = () => lock.children().get('sleeper');

  beforeEach(() => (lock = lockDataDir(dir)));
  afterEach(async () => {
    await child?.stop();
    lock.release();
  });

  it('stands in the lock file with its pid, as long as it runs', async () => {
    const sleeper = start('exec sleep 1000');
    const { pid } = sleeper;
    expect(recorded()).toEqual({ ...identify(pid), details: { port: 7 } });
    await sleeper.stop();
    expect(recorded()).toBeUndefined();
    expect(identify(pid)).toBeNull();
  });

  it('is started again when it dies', async () => {
    const sleeper = start('exec sleep 1000');
    const first = sleeper.pid;
    process.kill(first, 'SIGKILL');
    await until(() => sleeper.pid !== first && recorded()?.pid === sleeper.pid);
    expect(sleeper.deaths).toBe(1);
  });

  it('is started again by a restart, which is no death, and one at a time', async () => {
    const starts = join(dir, 'starts');
    const sleeper = start(`echo $$ >> ${starts}; exec sleep 1000`);
    await Promise.all([sleeper.restart(), sleeper.restart()]);
    await until(() => exists(starts) && readFileSync(starts, 'utf8').includes(`${sleeper.pid}\n`));
    const pids = readFileSync(starts, 'utf8').trim().split('\n').map(Number);
    expect(pids.filter((pid) => identify(pid) !== null)).toEqual([sleeper.pid]);
    expect(recorded()?.pid).toBe(sleeper.pid);
    expect(sleeper.deaths).toBe(0);
  });

  it('stays away once it is stopped, even while it waits to be started again', async () => {
    const sleeper = start('exit 1');
    await until(() => sleeper.deaths === 1);
    await sleeper.stop();
    await sleeper.restart();
    expect(recorded()).toBeUndefined();
    expect(sleeper.deaths).toBe(1);
  });

  it('is killed when it ignores SIGTERM', async () => {
    const ready = join(dir, 'ready');
    const sleeper = start(`trap '' TERM; : > ${ready}; while :; do sleep 0.1; done`);
    const { pid } = sleeper;
    await until(() => exists(ready));
    await sleeper.stop();
    expect(identify(pid)).toBeNull();
  });
});

describe('a child program and its parent', () => {
  const parentOf = (script: string) =>
    startNode(
      (dist) => `
      import { lockDataDir, startChild, createLogger } from '${dist}/platform/index.js';
      const program = { name: 'sleeper', command: 'sh', args: ['-c', ${JSON.stringify(script)}] };
      const child = startChild(program, { lock: lockDataDir(${JSON.stringify(dir)}), logger: createLogger('t', 'silent') });
      process.on('SIGINT', () => console.log('interrupted'));
      console.log(child.pid);
    `,
    );
  const childOf = async (parent: NodeProcess) => identify(Number(await parent.nextLine()))!;

  it.each(['exec sleep 1000', `trap '' TERM; while :; do sleep 0.1; done`])(
    'ends by itself when the parent is killed: %s',
    async (script) => {
      const parent = parentOf(script);
      const child = await childOf(parent);
      expect(isAlive(child)).toBe(true);
      process.kill(parent.process.pid, 'SIGKILL');
      await until(() => !isAlive(child));
    },
  );

  it('is not reached by a signal to the group of the parent', async () => {
    const parent = parentOf('exec sleep 1000');
    const child = await childOf(parent);
    process.kill(-parent.process.pid, 'SIGINT');
    expect(await parent.nextLine()).toBe('interrupted');
    expect(isAlive(child)).toBe(true);
    process.kill(-parent.process.pid, 'SIGKILL');
    await until(() => !isAlive(child));
  });
});

describe('several servers that start at once', () => {
  it('agree on one holder when the last one was killed', async () => {
    writeFileSync(join(dir, 'lock.json'), JSON.stringify({ pid: process.pid, startTime: 'earlier', children: {} }));
    const starters = Array.from({ length: 6 }, () =>
      startNode(
        (dist) => `
        import { lockDataDir } from '${dist}/platform/index.js';
        try { lockDataDir(${JSON.stringify(dir)}); console.log('holds'); setInterval(() => {}, 1000); }
        catch (error) { console.log(error.message); }
      `,
      ),
    );
    const said = await Promise.all(starters.map((starter) => starter.nextLine()));
    expect(said.filter((line) => line === 'holds')).toHaveLength(1);
    expect(said.filter((line) => line?.includes(`${dir} is held by process`))).toHaveLength(5);
    for (const { process: starter } of starters) starter.kill('SIGKILL');
  });
});

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
