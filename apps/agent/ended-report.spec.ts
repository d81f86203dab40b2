import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { endedReport } from './ended-report.js';
import type { KeptTask } from './run-folder.js';
import { STDOUT_BYTES } from './task-output.js';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'daybook-ended-'))));
afterEach(() => rm(folder, { recursive: true }));

const message: KeptTask = {
  kind: 'task',
  runId: 'r1',
  job: 1,
  task: 'test',
  noop: false,
  params: { value: {} },
  hasSecrets: true,
  target: null,
  runAs: null,
  inputMethod: 'stdin',
  executable: 'test/tasks/init.sh',
  files: [],
  timeoutS: null,
  rerun: true,
};

/** The whole result of a task that left some output and ended with some exit code. */
async function resultOf(stdout: string, stderr: string, code: number): Promise<Record<string, unknown>> {
  await writeFile(join(folder, 'stdout'), stdout);
  await writeFile(join(folder, 'stderr'), stderr);
  let stored: Buffer | null = null;
  const { result } = await endedReport({
    message,
    attempt: { number: 1, startedAt: 'then', process: { pid: 1, startTime: 'then' }, folder },
    exit: { code, finishedAt: 'now' },
    ending: null,
    secrets: { params: { password: 'correct-horse' }, target: {} },
    dispatch: {
      store(_, bytes) {
        stored = bytes;
        return Promise.resolve();
      },
    },
  });
  return (stored === null ? result : JSON.parse(String(stored))) as Record<string, unknown>;
}

describe('output that is cut', () => {
  it.each([1, 7, 12])('%d characters after the beginning of a secret holds nothing of that', async (held) => {
    const before = 'x'.repeat(STDOUT_BYTES - held);
    const result = await resultOf(`${before}correct-horse and more`, '', 0);
    expect(result['_truncated']).toContain('was cut');
    expect(result['_output']).toBe(`${before}[redacted]`);
  });

  it('on standard error holds nothing of a secret at its end either', async () => {
    const result = await resultOf('', `${'x'.repeat(64 * 1024 - 7)}correct-horse and more`, 1);
    expect((result['_error'] as { msg: string }).msg).toMatch(/x\[redacted\]$/);
  });
});
