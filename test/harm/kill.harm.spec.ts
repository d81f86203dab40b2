import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { clientOf, until } from '../api/client.js';
import { newDataDir, startServer } from '../setup/server.js';
import { openLedger } from './ledger.js';
import type { Accepted } from './load.js';
import { sendCommands } from './load.js';
import { faultsOf, fatesOf } from './occurrences.js';
import { rebuildReadModels, rowsOf } from './read-models.js';

const ROUNDS = 3;

/** Chosen anew for each run and shown by its name, so that a run can be repeated. */
const seed = Number(process.env['DAYBOOK_HARM_SEED'] ?? Date.now() % 1_000_000);
const killAfterMs = fc.sample(fc.integer({ min: 300, max: 2500 }), { seed, numRuns: ROUNDS });

describe(`a server that is killed at any moment (seed ${seed})`, () => {
  it('keeps what it answered, decides what was due once, and reports what ran', async () => {
    const dataDir = newDataDir();
    const file = join(dataDir, 'marks');
    const accepted: Accepted = { scheduledJobs: [], jobs: [], marks: [], file };
    const env = { DAYBOOK_MODULEPATH: resolve('test/harm/modules') };
    for (const ms of killAfterMs) {
      const server = await startServer({ dataDir, env });
      const sending = new AbortController();
      const sent = sendCommands(clientOf(server), accepted, sending.signal);
      await delay(ms);
      await server.kill();
      sending.abort();
      await sent;
    }

    const server = await startServer({ dataDir, env });
    const client = clientOf(server);
    const scheduled = await client.get('scheduled_jobs?limit=1000');
    for (const { name } of (scheduled.json as { items: { name: string }[] }).items) {
      await client.delete(`scheduled_jobs/${name}`);
    }
    await until(
      () => client.get('jobs?limit=1000'),
      ({ json }) => (json as { items: { state: string }[] }).items.every(({ state }) => state === 'finished'),
    );

    const ledger = await openLedger(dataDir);
    const events = await ledger.events();
    const jobs = events.filter(({ type }) => type === 'daybook.job.created');
    const fates = fatesOf(events);

    expect(accepted.scheduledJobs.length).toBeGreaterThan(0);
    expect(accepted.jobs.length).toBeGreaterThan(0);
    expect(new Set(accepted.scheduledJobs).size).toBe(accepted.scheduledJobs.length);
    expect(new Set(accepted.jobs).size).toBe(accepted.jobs.length);
    expect(accepted.scheduledJobs.filter((id) => !fates.has(id))).toEqual([]);
    expect(accepted.jobs.filter((id) => id > jobs.length)).toEqual([]);
    expect([...fates.keys()]).toEqual(Array.from(fates.keys(), (_, index) => index + 1));
    expect(jobs.map(({ data }) => (data as { id: number }).id)).toEqual(jobs.map((_, index) => index + 1));
    expect([...fates.values()].flatMap((fate) => faultsOf(fate, Date.now()))).toEqual([]);
    expect(events.filter(({ type }) => type === 'daybook.job.finished')).toHaveLength(jobs.length);
    expect(events.filter(({ type }) => type === 'daybook.job.node-finished')).toHaveLength(jobs.length);

    const marks = readFileSync(file, 'utf8').trim().split('\n');
    expect(new Set(marks).size).toBe(marks.length);
    expect(accepted.marks.filter((mark) => !marks.includes(mark))).toEqual([]);

    const rebuilt = mkdtempSync(join(tmpdir(), 'daybook-rebuilt-'));
    await rebuildReadModels(ledger.log, rebuilt, events.length);
    await ledger.close();
    await server.stop();
    expect(rowsOf(dataDir)).toEqual(rowsOf(rebuilt));
    rmSync(rebuilt, { recursive: true });
    rmSync(dataDir, { recursive: true });
  }, 120_000);
});
