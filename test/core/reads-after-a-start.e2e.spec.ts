import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { recordEvent } from '#event-log';
import { spec } from '../../libs/domain/testing/given.js';
import { clientOf, echoLater } from '../api/client.js';
import { commitOf } from '../bench/seed/write-log.js';
import { openLedger } from '../harm/ledger.js';
import { newDataDir, startServer } from '../setup/server.js';

const COMMITS = 60;
const COMMIT_EVENTS = 1000;

/** Adds as many schedules to the log of a running server as take its read models some seconds. */
async function growLog(dataDir: string): Promise<void> {
  const ledger = await openLedger(dataDir);
  const { log } = ledger;
  let { position } = (await ledger.commits()).at(-1)!;
  const at = '2090-01-01T00:00:00.000Z';
  for (let commit = 0; commit < COMMITS; commit++) {
    const texts = Array.from({ length: COMMIT_EVENTS }, (_, index) => {
      const id = commit * COMMIT_EVENTS + index + 1;
      const what = { id, spec, scope: { nodes: ['a'] }, owner: 'a', description: '', userdata: {} };
      const event = recordEvent(
        {
          type: 'daybook.scheduled-job.scheduled',
          data: { ...what, scheduledTime: at, intervalS: null, nextRun: at },
        },
        {
          source: `/daybook/${log.streamId}/0`,
          number: position.number + index + 1,
          time: new Date().toISOString(),
          actor: 'subject/a',
          correlationId: 'c',
          causationId: `command ${id}`,
        },
      );
      return JSON.stringify(event);
    });
    const verdict = await log.append(commitOf(position.number + 1, texts), position);
    if (verdict.kind !== 'stored') throw new Error('a commit was fenced, expected that nobody else writes');
    ({ position } = verdict);
  }
  await ledger.close();
}

describe('a server that starts with read models behind what was answered', () => {
  it('shows all that was answered, or says that it does not', async () => {
    const dataDir = newDataDir();
    // No agent tells anything while the log is written past the server.
    const before = await startServer({ dataDir, env: { DAYBOOK_LOCAL_AGENT: 'off' } });
    await growLog(dataDir);
    expect((await clientOf(before).post('schedule_task', echoLater())).status).toBe(202);
    await before.kill();
    for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, `read.db${end}`), { force: true });

    const after = await startServer({ dataDir });
    const { headers, json } = await clientOf(after).get('scheduled_jobs?limit=1');
    const { total } = (json as { pagination: { total: number } }).pagination;
    await after.stop();
    rmSync(dataDir, { recursive: true, force: true });
    const isStale = headers['daybook-stale'] === 'true';
    expect([isStale, total]).toEqual(isStale ? [true, expect.any(Number)] : [false, COMMITS * COMMIT_EVENTS + 1]);
  });
});
