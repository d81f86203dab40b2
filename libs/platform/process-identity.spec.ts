import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcess } from './process-end.js';
import { descendantsOf, identify, isAlive, processesWith } from './process-identity.js';
import { until } from './testing/until.js';

const start = (...args: string[]) => {
  const child = spawn('sh', ['-c', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  return { child, stdout: child.stdout, identity: identify(child.pid!)! };
};

describe('a process', () => {
  it('is the same as long as it runs', async () => {
    const { child, identity } = start('exec sleep 1000');
    expect(identify(identity.pid)).toEqual(identity);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(identity)).toBe(false);
  });

  it('is another one when only the pid is the same', () => {
    expect(isAlive({ pid: process.pid, startTime: 'earlier' })).toBe(false);
  });

  it('is not alive as a zombie', async () => {
    // The shell becomes a program that never asks how its child ended.
    const { child, stdout } = start('sleep 0 & echo $!; exec sleep 1000');
    const [pid] = (await once(stdout, 'data')) as [Buffer];
    await until(() => identify(Number(pid)) === null);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is among the descendants of the one that started it, also in a session of its own', async () => {
    const { child, identity, stdout } = start("sh -c 'setsid sleep 1000 & echo $!; wait'; :");
    const [pid] = (await once(stdout, 'data')) as [Buffer];
    const sleeper = identify(Number(pid))!;
    expect(descendantsOf(identity.pid)).toContainEqual(sleeper);
    expect(descendantsOf(sleeper.pid)).toEqual([]);
    child.kill('SIGKILL');
    await endProcess(sleeper);
  });

  it('is found by the end of its command line', async () => {
    const mark = `mark-${process.pid}`;
    // It stands still by itself: what a shell starts has its command line for a moment.
    const { child, identity } = start('kill -STOP $$', 'sh', '-c', mark);
    await until(() => processesWith(['-c', mark]).length === 1);
    expect(processesWith(['-c', mark])).toEqual([identity]);
    expect(processesWith([mark.slice(1)])).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('ending a process', () => {
  it('lets it end by itself first', async () => {
    const { child, stdout, identity } = start('trap "exit 7" TERM; echo; while :; do sleep 0.05; done');
    await once(stdout, 'data');
    const ended = once(child, 'exit');
    await endProcess(identity);
    expect(await ended).toEqual([7, null]);
  });

  it('kills what does not listen', async () => {
    const { child, stdout, identity } = start('trap "" TERM; echo; while :; do sleep 0.05; done');
    await once(stdout, 'data');
    const ended = once(child, 'exit');
    await endProcess(identity, 100);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('spares a later process with the same pid', async () => {
    const { child, identity } = start('exec sleep 1000');
    await endProcess({ ...identity, startTime: 'earlier' });
    expect(isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});
