import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOADS } from './loads.js';

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a user gives it, with a thousandth of everything. */
function bench(...args: string[]): Promise<Run> {
  const all = ['run', 'bench', '--', '--scale', '0.001', '--repeats', '1', ...args];
  return new Promise((resolve) => {
    execFile('npm', all, (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr }));
  });
}

const named = ['machine', 'date', 'commit', 'repeats'];

describe('npm run bench', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'daybook-bench-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const report = (out: string) => JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;

  it('measures every load and writes its figures down', async () => {
    const out = join(folder, 'figures.json');
    const { status, stdout } = await bench('--out', out);
    const keys = LOADS.flatMap(({ figures }) => Object.keys(figures));
    const figures = report(out);
    expect(stdout.split('\n').filter((line) => line.includes(' failed: '))).toEqual([]);
    expect(Object.keys(figures).toSorted()).toEqual([...named, ...keys].toSorted());
    expect(keys.filter((key) => !(Number(figures[key]) > 0))).toEqual([]);
    expect(keys.filter((key) => !stdout.includes(key))).toEqual([]);
    expect(status).toBe(0);
  }, 480_000);

  it('leaves out what failed and what was not asked for, and says so by its exit status', async () => {
    const out = join(folder, 'figures.json');
    const { status } = await bench('--only', 'floor,http', '--run-limit-ms', '1', '--out', out);
    expect(Object.keys(report(out)).toSorted()).toEqual(named.toSorted());
    expect(status).toBe(1);
  }, 60_000);

  it('names the loads when one is not known', async () => {
    const { status, stderr } = await bench('--only', 'speed');
    expect(stderr).toContain('spread');
    expect(status).toBe(1);
  }, 60_000);
});
