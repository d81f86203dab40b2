import { openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import type { RecordedEvent } from '#domain';
import { createLogger } from '#platform';
import { openBeside, openReadStore, orchestrator } from '#read-store';
import type { Projection, ReadStore, ReadStoreOptions } from '#read-store';

import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { startPostgres, temporaryFolder } from '../read-store/testing/databases.js';
import type { PostgresServer } from '../read-store/testing/databases.js';
import { History } from '../read-store/testing/history.js';
import { createPositions } from './positions.js';
import type { Positions } from './positions.js';
import { startProjector } from './projector.js';
import type { Projector } from './projector.js';
import { appendEvents, jobHistory } from './testing/log.js';

const WAIT_MS = 30_000;
const logger = createLogger('test', 'silent');

/** A projection without rows of its own. */
const idle: Projection = {
  name: 'idle',
  version: 1,
  tables: [],
  initial: [],
  on: Object.fromEntries(Object.keys(orchestrator.on).map((type) => [type, 'ignore'])) as Projection['on'],
};

interface Running {
  readonly projector: Projector;
  readonly positions: Positions;
}

describe('a projector', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let postgres: PostgresServer;
  let nats: TestBroker;
  let log: EventLog;
  let closing: (() => Promise<void>)[];
  const databases = new Map<ReadStore, ReadStoreOptions>();

  beforeAll(async () => (postgres = await startPostgres()));
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    closing = [];
    folder = await temporaryFolder();
    nats = await startBroker();
    log = await openJetStreamLog(await nats.connect('test'));
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    await nats.stop();
    await folder.remove();
  });

  const open = async (database: ReadStoreOptions): Promise<ReadStore> => {
    const store = await openReadStore(database);
    closing.push(() => store.close());
    databases.set(store, database);
    return store;
  };
  const onSqlite = () => ({ databaseUrl: null, dataDir: folder.path });

  const start = (
    store: ReadStore,
    projections: readonly Projection[] = [orchestrator],
    giveWay?: (decidedMs: number) => Promise<void>,
  ): Running => {
    const positions = createPositions();
    const projector = startProjector({
      log,
      store: store.projections,
      projections,
      openBeside: () => openBeside(databases.get(store)!),
      logger,
      ...positions,
      ...(giveWay && { giveWay }),
    });
    closing.push(() => projector.stop());
    return { projector, positions };
  };

  const jobs = async (store: ReadStore) =>
    (await store.queries.jobs({ limit: null, offset: 0, order: 'asc', orderBy: 'name' })).rows;

  it('shows what is in the log, and then what comes', async () => {
    const [first, ...rest] = jobHistory(4);
    const then = await appendEvents(log, [first!]);
    const store = await open(onSqlite());
    const { positions, projector } = start(store);
    expect(await positions.waitFor('orchestrator', then.number, WAIT_MS)).toBe('reached');
    expect(await jobs(store)).toMatchObject([{ id: 1, state: 'running' }]);
    const end = await appendEvents(log, rest, then);
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
    expect((await jobs(store)).map(({ id, state }) => [id, state])).toEqual([1, 2, 3, 4].map((id) => [id, 'finished']));
    expect(projector.status()).toEqual([
      { name: 'orchestrator', version: orchestrator.version, position: end.number, stopped: null },
    ]);
  });

  it('writes nothing of what comes while it gives way', async () => {
    const store = await open(onSqlite());
    const [asked, over] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
    const { positions } = start(store, [orchestrator], (decidedMs) => {
      asked.resolve(decidedMs);
      return over.promise;
    });
    const commits = jobHistory(1);
    const end = await appendEvents(log, commits);
    expect(await asked.promise).toBe(Date.parse(commits[0]![0]!.time));
    expect(await jobs(store)).toEqual([]);
    over.resolve();
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
  });

  it('goes on where it was when it was stopped', async () => {
    const commits = jobHistory(6);
    const middle = await appendEvents(log, commits.slice(0, 4));
    const store = await open(onSqlite());
    const before = start(store);
    await before.positions.waitFor('orchestrator', middle.number, WAIT_MS);
    await before.projector.stop();
    const end = await appendEvents(log, commits.slice(4), middle);
    expect(await store.projections.checkpoint('orchestrator')).toEqual({ version: orchestrator.version, ...middle });
    const { positions } = start(store);
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
    expect(await jobs(store)).toHaveLength(6);
  });

  it.each(['SQLite', 'PostgreSQL'])(
    'is one of two on %s: each event is projected once, and either can go on',
    async (kind) => {
      const database = kind === 'SQLite' ? onSqlite() : { ...onSqlite(), databaseUrl: await postgres.emptyDatabase() };
      const stores = [await open(database), await open(database)] as const;
      const [one, other] = [start(stores[0]), start(stores[1])];
      const commits = jobHistory(40);
      const middle = await appendEvents(log, commits.slice(0, 30));
      for (const { positions } of [one, other]) {
        expect(await positions.waitFor('orchestrator', middle.number, WAIT_MS)).toBe('reached');
      }
      await one.projector.stop();
      const end = await appendEvents(log, commits.slice(30), middle);
      expect(await other.positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
      expect(other.projector.status()[0]!.stopped).toBeNull();
      const { rows, total } = await stores[0].queries.jobs({ limit: null, offset: 0, order: 'asc', orderBy: 'name' });
      expect(rows.map((row) => row.nodeCounts)).toEqual(Array(40).fill({ finished: 1 }));
      expect(total).toBe(40);
    },
  );

  it('goes on after it lost its database connections', async () => {
    const databaseUrl = await postgres.emptyDatabase();
    const store = await open({ ...onSqlite(), databaseUrl });
    const { positions, projector } = start(store);
    const commits = jobHistory(20);
    const middle = await appendEvents(log, commits.slice(0, 10));
    expect(await positions.waitFor('orchestrator', middle.number, WAIT_MS)).toBe('reached');
    await postgres.dropConnections(databaseUrl);
    const end = await appendEvents(log, commits.slice(10), middle);
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
    expect(projector.status()[0]!.stopped).toBeNull();
    expect(await jobs(store)).toHaveLength(20);
  });

  it('stops a projection at an event that cannot be, names it, keeps what came before; others go on', async () => {
    const written = new History().subject('admin', 'admin').job(1).job(2);
    const impossible = written.add('daybook.scheduled-job.deleted', { id: 7 });
    written.job(3);
    const [a, b, c, d, e] = written.events as [RecordedEvent, ...RecordedEvent[]];
    const end = await appendEvents(log, [[a, b!], [c!, d!], [e!]]);
    const store = await open(onSqlite());
    const { positions, projector } = start(store, [orchestrator, idle]);
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('stopped');
    expect(await positions.waitFor('idle', end.number, WAIT_MS)).toBe('reached');
    const [stopped, other] = projector.status();
    expect(stopped).toMatchObject({ position: 2, stopped: { event: impossible } });
    expect(stopped!.stopped!.reason).toContain('remove in scheduled_jobs found 0 of 1 rows');
    expect(other!.stopped).toBeNull();
    expect(await jobs(store)).toMatchObject([{ id: 1 }]);
  });

  it('stops when the log is not the one that it has seen', async () => {
    const store = await open(onSqlite());
    const seen = await appendEvents(log, jobHistory(2));
    const before = start(store);
    await before.positions.waitFor('orchestrator', seen.number, WAIT_MS);
    await before.projector.stop();
    const empty = await startBroker();
    log = await openJetStreamLog(await empty.connect('test'));
    const { positions, projector } = start(store);
    expect(await positions.waitFor('orchestrator', seen.number, WAIT_MS)).toBe('stopped');
    expect(projector.status()[0]!.stopped!.reason).toContain('the log went backwards');
    await projector.stop();
    await empty.stop();
  });

  it('builds a projection anew that has a new version, and leaves the rows of a newer program alone', async () => {
    const end = await appendEvents(log, jobHistory(3));
    const store = await open(onSqlite());
    const before = start(store);
    await before.positions.waitFor('orchestrator', end.number, WAIT_MS);
    await before.projector.stop();
    const version = orchestrator.version + 1;
    const newer = start(store, [{ ...orchestrator, version }]);
    expect(await newer.positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('reached');
    await newer.projector.stop();
    expect(await store.projections.checkpoint('orchestrator')).toEqual({ version, ...end });
    const { positions, projector } = start(store);
    expect(await positions.waitFor('orchestrator', end.number, WAIT_MS)).toBe('stopped');
    expect(projector.status()[0]!.stopped!.reason).toContain(
      `are of version ${version}, expected ${orchestrator.version} or lower`,
    );
    expect(await jobs(store)).toHaveLength(3);
  });
});
