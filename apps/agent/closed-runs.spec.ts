import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openClosedRuns } from './closed-runs.js';

describe('the list of closed runs', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'daybook-closed-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is the same after a restart, also where the last line was not written whole', async () => {
    const path = join(folder, 'closed-runs.jsonl');
    const closed = await openClosedRuns(path);
    await Promise.all([closed.add('a', 'ended'), closed.add('b', 'stopped'), closed.add('b', 'ended')]);
    await appendFile(path, '["c","en');
    const again = await openClosedRuns(path);
    expect(['a', 'b', 'c'].map((id) => again.why(id))).toEqual(['ended', 'stopped', null]);
    await again.add('c', 'ended');
    expect((await openClosedRuns(path)).why('c')).toBe('ended');
  });
});
