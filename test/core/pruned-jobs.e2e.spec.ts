import { rmSync } from 'node:fs';
import { recordEvent } from '#event-log';
import type { DomainEvent } from '#domain';
import { spec } from '../../libs/domain/testing/given.js';
import { clientOf, echo, ended, kindOf, until } from '../api/client.js';
import { commitOf } from '../bench/seed/write-log.js';
import { openLedger } from '../harm/ledger.js';
import { newDataDir, startServer } from '../setup/server.js';

const LONG_AGO = '2001-01-01T00:00:00.000Z';
const OLD_JOBS = 1_500;

/** Adds jobs to the log of a running server: all but the last one ended long ago. */
async function addJobs(dataDir: string, owner: string): Promise<void> {
  const ledger = await openLedger(dataDir);
  const { position } = (await ledger.commits()).at(-1)!;
  const facts = Array.from({ length: OLD_JOBS + 1 }, (_, index): DomainEvent[] => {
    const id = index + 1;
    const common = { owner, description: '', scheduledJob: null, userdata: {}, scope: null };
    return [
      { type: 'daybook.job.created', data: { id, spec, nodes: ['a'], ...common } },
      { type: 'daybook.job.node-skipped', data: { id, node: 'a' } },
      { type: 'daybook.job.finished', data: { id, state: 'stopped' } },
    ];
  }).flat();
  for (let done = 0, at = position; done < facts.length; done += 900) {
    const texts = facts.slice(done, done + 900).map((fact, index) =>
      JSON.stringify(
        recordEvent(fact, {
          source: `/daybook/${ledger.log.streamId}/0`,
          number: at.number + index + 1,
          time: done + index < 3 * OLD_JOBS ? LONG_AGO : new Date().toISOString(),
          actor: `subject/${owner}`,
          correlationId: 'c',
          causationId: `command ${done + index}`,
        }),
      ),
    );
    const verdict = await ledger.log.append(commitOf(at.number + 1, texts), at);
    if (verdict.kind !== 'stored') throw new Error('a commit was fenced, expected that nobody else writes');
    at = verdict.position;
  }
  await ledger.close();
}

describe('jobs that ended longer ago than DAYBOOK_JOB_PRUNE_DAYS', () => {
  it('leave the lists by events, and stay in the log', async () => {
    const dataDir = newDataDir();
    // No agent tells anything while the log is written past the server.
    const before = await startServer({ dataDir, env: { DAYBOOK_LOCAL_AGENT: 'off' } });
    const client = clientOf(before);
    const { json: owner } = await client.call('GET', '/rbac-api/v1/users/current');
    await addJobs(dataDir, (owner as { id: string }).id);
    const all = OLD_JOBS + 1;
    await until(
      () => client.get('jobs?limit=1'),
      ({ json }) => (json as { pagination: { total: number } }).pagination.total === all,
    );
    await before.stop();

    const after = await startServer({ dataDir, env: { DAYBOOK_JOB_PRUNE_DAYS: '30' } });
    const again = clientOf(after);
    const { json } = await until(
      () => again.get('jobs?order_by=state'),
      (answer) => (answer.json as { pagination: { total: number } }).pagination.total === 1,
    );
    expect(json).toMatchObject({ items: [{ name: String(all) }] });
    expect(kindOf(await again.get('jobs/1'))).toBe('puppetlabs.orchestrator/unknown-job');
    const ledger = await openLedger(dataDir);
    const events = await ledger.events();
    await ledger.close();
    expect(events.filter(({ type }) => type === 'daybook.job.created')).toHaveLength(all);
    const pruned = events.filter((event) => event.type === 'daybook.jobs.pruned');
    expect(pruned.flatMap(({ data }) => data.ids).sort((a, b) => a - b)).toEqual(
      Array.from({ length: OLD_JOBS }, (_, index) => index + 1),
    );
    await again.post('task', echo());
    expect((await ended(again, String(all + 1))).json).toMatchObject({ state: 'finished' });
    await after.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
