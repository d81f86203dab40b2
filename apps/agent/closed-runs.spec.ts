import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLogger } from '#platform';

import { openClosedRuns } from './closed-runs.js';

const logger = createLogger('test', 'silent');

describe('the list of closed runs', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'daybook-closed-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is the same after a restart, also where the last line was not written whole', async () => {
    const path = join(folder, 'closed-runs.jsonl');
    const closed = await openClosedRuns(path, logger);
    await Promise.all([closed.add('a', 'ended'), closed.add('b', 'stopped'), closed.add('b', 'ended')]);
    await appendFile(path, '["c","en');
    const again = await openClosedRuns(path, logger);
    expect(['a', 'b', 'c'].map((id) => again.why(id))).toEqual(['ended', 'stopped', null]);
    await again.add('c', 'ended');
    expect((await openClosedRuns(path, logger)).why('c')).toBe('ended');
  });

  it.each(['no JSON', 'null', '["b"]'])('keeps its other lines where one is %j, and the damaged list', async (bad) => {
    const path = join(folder, 'closed-runs.jsonl');
    const damaged = `["a","ended"]\n${bad}\n["c","stopped"]\n`;
    await writeFile(path, damaged);
    await openClosedRuns(path, logger);
    const again = await openClosedRuns(path, logger);
    expect(['a', 'b', 'c'].map((id) => again.why(id))).toEqual(['ended', null, 'stopped']);
    expect(await readFile(`${path}.unreadable`, 'utf8')).toBe(damaged);
  });
});
