import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';

import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { createLogger } from '#platform';
import { openBeside, openReadStore, orchestrator } from '#read-store';
import type { Projection, ReadStore, ReadStoreOptions } from '#read-store';

import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { postgresqlOrm } from '../read-store/postgresql/orm.js';
import { sqliteOrm } from '../read-store/sqlite/orm.js';
import { startPostgres, temporaryFolder } from '../read-store/testing/databases.js';
import type { PostgresServer } from '../read-store/testing/databases.js';
import { History } from '../read-store/testing/history.js';
import type { BesideOutcome, BesideProgress, BesideWork } from './beside.js';
import { createPositions } from './positions.js';
import { startProjector } from './projector.js';
import { addJob, appendEvents, inCommits } from './testing/log.js';

const WAIT_MS = 30_000;
const { name, version } = orchestrator;

let postgres: PostgresServer;
let nats: TestBroker;
let log: EventLog;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** What is in the log, whose end is `end`; it grows from test to test. */
const written = new History().subject('admin', 'admin');
let end = LOG_START;
let lastJob = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  nats = await startBroker();
  log = await openJetStreamLog(await nats.connect('test'));
  folder = await temporaryFolder();
});
afterAll(async () => {
  await nats.stop();
  await postgres.stop();
  await folder.remove();
});

async function append(add: () => unknown): Promise<LogPosition> {
  add();
  return (end = await appendEvents(log, inCommits(written.events.slice(end.number)), end));
}

const appendJobs = (count: number) =>
  append(() => {
    for (const until = lastJob + count; lastJob < until;) addJob(written, ++lastJob);
  });

describe.each(['SQLite', 'PostgreSQL'])('what is done beside the live tables of %s', (kind) => {
  let database: ReadStoreOptions;
  let store: ReadStore;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const databaseUrl = kind === 'SQLite' ? null : await postgres.emptyDatabase();
    database = { databaseUrl, dataDir: folder.path };
    store = await openReadStore(database);
    await appendJobs(40);
  });
  afterAll(() => store.close());
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const start = (projection: Projection = orchestrator, on = store) => {
    const positions = createPositions();
    const projector = startProjector({
      log,
      store: on.projections,
      projections: [projection],
      openBeside: () => openBeside(database),
      logger: createLogger('test', 'silent'),
      ...positions,
    });
    closing.push(() => projector.stop());
    return {
      projector,
      comesTo: async ({ number }: LogPosition) =>
        expect(await positions.waitFor(name, number, WAIT_MS)).toBe('reached'),
      stops: async () => expect(await positions.waitFor(name, Infinity, WAIT_MS)).toBe('stopped'),
      work: (work: BesideWork, onProgress: (progress: BesideProgress) => unknown = () => undefined) =>
        projector.work(work, name, onProgress),
    };
  };

  const tamper = async (sql: string) => {
    const { databaseUrl } = database;
    const orm = await (databaseUrl === null ? sqliteOrm(join(folder.path, 'read.db')) : postgresqlOrm(databaseUrl));
    await orm.em.execute(sql);
    await orm.close();
  };

  const unlike = async (work: Promise<BesideOutcome>) =>
    (await work).tables.filter(({ differences }) => differences > 0);

  const jobs = async () => (await store.queries.jobs({ limit: null, offset: 0, order: 'asc', orderBy: 'name' })).rows;

  it('takes their place while commits keep coming; no read fails or sees less than before', async () => {
    const { comesTo, work } = start();
    await comesTo(end);
    const told: BesideProgress[] = [];
    let isOver = false;
    const reading = (async () => {
      for (let seen = 0; !isOver; await immediate()) {
        const rows = await jobs();
        expect(rows.length).toBeGreaterThanOrEqual(seen);
        seen = rows.length;
      }
    })();
    const rebuilding = work('rebuild', (progress) => told.push(progress));
    for (let time = 0; time < 20; time++) await appendJobs(1);
    expect(await unlike(rebuilding)).toEqual([]);
    isOver = true;
    await reading;
    await comesTo(await appendJobs(1));
    expect((await jobs()).map(({ state }) => state)).toEqual(Array(lastJob).fill('finished'));
    expect(await unlike(work('compare'))).toEqual([]);
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['folding', 'indexing', 'comparing', 'switching']);
    for (const { done, total } of told) {
      expect(done).toBeLessThanOrEqual(total);
      expect(total).toBeLessThanOrEqual(end.number);
    }
  });

  it('finds rows that were changed, and mends them', async () => {
    const { comesTo, work } = start();
    await comesTo(end);
    await tamper(`update jobs set task = 'other' where id = 2`);
    const found = [{ table: 'jobs', live: lastJob, folded: lastJob, differences: 1, first: [{ id: 2 }] }];
    expect(await unlike(work('compare'))).toEqual(found);
    expect(await store.queries.job(2)).toMatchObject({ spec: { task: 'echo' } });
    expect(await unlike(work('rebuild'))).toEqual(found);
    expect(await unlike(work('compare'))).toEqual([]);
  });

  it('lets a projection go on that stopped because a row was lost', async () => {
    const { comesTo, stops, work, projector } = start();
    const id = ++lastJob;
    await comesTo(await append(() => written.job(id)));
    await tamper(`delete from job_nodes where job = ${id}`);
    await append(() => written.start(id, 'n1'));
    await stops();
    const [stopped] = projector.status();
    expect(await unlike(work('compare'))).toMatchObject([{ table: 'job_nodes', first: [{ job: id, name: 'n1' }] }]);
    expect(projector.status()).toEqual([stopped]);
    await work('rebuild');
    await comesTo(
      await append(() => written.end(id, 'n1', 'finished').add('daybook.job.finished', { id, state: 'finished' })),
    );
    expect(projector.status()).toEqual([{ name, version, position: end.number, stopped: null }]);
  });

  it('changes nothing when it is broken off, and can be done again', async () => {
    const { comesTo, work, projector } = start();
    await comesTo(end);
    const before = await store.projections.checkpoint(name);
    const begun = Promise.withResolvers<void>();
    const working = work('rebuild', ({ done }) => done > 0 && begun.resolve());
    const failure = expect(working).rejects.toThrow('aborted');
    await begun.promise;
    await projector.stop();
    await failure;
    expect(await store.projections.checkpoint(name)).toEqual(before);
    expect(await unlike(start().work('rebuild'))).toEqual([]);
  });

  it('says which event cannot be folded, and changes nothing', async () => {
    const fails = () => {
      throw new Error('no such state');
    };
    const { comesTo, work } = start({ ...orchestrator, on: { ...orchestrator.on, 'daybook.job.started': fails } });
    await comesTo(end);
    await expect(work('rebuild')).rejects.toThrow('event 3: no such state');
    expect(await jobs()).toHaveLength(lastJob);
  });

  it('is done by one of two that share a database, also while the other one projects', async () => {
    if (kind === 'SQLite') return;
    const other = start();
    await other.comesTo(end);
    const own = await openReadStore(database);
    closing.push(() => own.close());
    const { comesTo, work } = start(orchestrator, own);
    const begun = Promise.withResolvers<void>();
    const rebuilding = work('rebuild', ({ done }) => done > 0 && begun.resolve());
    await begun.promise;
    const busy = 'another server rebuilds or compares in this database, expected it to be done';
    await expect(other.work('compare')).rejects.toThrow(busy);
    for (let time = 0; time < 20; time++) await appendJobs(1);
    expect(await unlike(rebuilding)).toEqual([]);
    await comesTo(await appendJobs(1));
    await other.comesTo(end);
    expect(await unlike(other.work('compare'))).toEqual([]);
  });

  it('leaves the rows of a newer program alone', async () => {
    const newer = start({ ...orchestrator, version: version + 1 });
    await newer.comesTo(end);
    await newer.projector.stop();
    const { stops, work } = start();
    await stops();
    await expect(work('rebuild')).rejects.toThrow(
      `the rows of projection ${name} are of version ${version + 1}, expected ${version}`,
    );
  });

  it('is done to projections that there are', async () => {
    await expect(start().projector.work('compare', 'other', () => undefined)).rejects.toThrow(
      `projection is 'other', expected one of ${name}`,
    );
  });
});
