import { BesideBusy } from './beside.js';
import { openBeside } from './open-beside.js';
import { openReadStore, ReadStoreUnusable } from './open.js';
import { orchestrator } from './orchestrator/index.js';
import { postgresqlOrm } from './postgresql/orm.js';
import { rebuild } from './testing/apply.js';
import { readStoreContract } from './testing/contract.js';
import { startPostgres } from './testing/databases.js';
import type { PostgresServer } from './testing/databases.js';
import { History } from './testing/history.js';
import { keysOf } from './testing/keys.js';

describe('a read store on PostgreSQL', () => {
  let server: PostgresServer;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => (server = await startPostgres()));
  afterAll(async () => {
    for (const close of closing) await close();
    await server.stop();
  });

  readStoreContract(async () => {
    const databaseUrl = await server.emptyDatabase();
    const orm = await postgresqlOrm(databaseUrl);
    closing.push(() => orm.close());
    return {
      databaseUrl,
      dataDir: '/nowhere',
      rowsOf: (table) => orm.em.execute(`select * from ${table} order by ${keysOf(table)}`),
      described: () => orm.em.execute(DESCRIPTION),
      tamper: (sql) => orm.em.execute(sql),
    };
  });

  it('has the tables that the entities say, no more and no less', async () => {
    const orm = await postgresqlOrm(await server.emptyDatabase());
    expect(await orm.schema.getUpdateSchemaSQL()).not.toBe('');
    await orm.migrator.up();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await orm.close();
  });

  it('is made once by processes that open it at the same time', async () => {
    const databaseUrl = await server.emptyDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => openReadStore({ databaseUrl, dataDir: '/nowhere' })));
    for (const store of opened) {
      expect((await store.queries.jobs({ limit: 1, offset: 0, order: 'asc', orderBy: 'name' })).total).toBe(0);
    }
    await Promise.all(opened.map((store) => store.close()));
  });

  it('lets one at a time build beside its tables, and drops what is left over when it is opened', async () => {
    const databaseUrl = await server.emptyDatabase();
    const options = { databaseUrl, dataDir: '/nowhere' };
    await (await openReadStore(options)).close();
    const beside = await openBeside(options);
    await expect(openBeside(options)).rejects.toThrow(BesideBusy);
    const orm = await postgresqlOrm(databaseUrl);
    const left = async () =>
      (await orm.em.execute(`select 1 from pg_namespace where nspname = 'daybook_beside'`)).length;
    await (await openReadStore(options)).close();
    expect(await left()).toBe(1);
    await server.dropConnections(databaseUrl);
    await expect(beside.close()).rejects.toThrow();
    expect(await left()).toBe(1);
    await (await openReadStore(options)).close();
    expect(await left()).toBe(0);
    await orm.close();
  });

  it('does not insist on a switch while somebody holds on to a table, who goes on without an error', async () => {
    const databaseUrl = await server.emptyDatabase();
    const options = { databaseUrl, dataDir: '/nowhere' };
    const store = await openReadStore(options);
    const { events } = new History().subject('admin', 'admin').job(1);
    await rebuild(store.projections, events);
    const beside = await openBeside(options);
    await rebuild(beside, events);
    await beside.makeIndexes();
    const orm = await postgresqlOrm(databaseUrl);
    await orm.em.transactional(async (em) => {
      await em.execute('select * from job_nodes');
      expect(await beside.takeOver(orchestrator)).toBe(false);
      expect(await em.execute('select jobs.id from jobs join job_nodes on job = jobs.id')).toEqual([{ id: 1 }]);
    });
    expect(await beside.takeOver(orchestrator)).toBe(true);
    expect(await store.queries.job(1)).toMatchObject({ id: 1 });
    for (const each of [beside, store, orm]) await each.close();
  });

  it('says which server cannot be reached, without the password', async () => {
    const databaseUrl = 'postgresql://ann:secret@127.0.0.1:1/day';
    const failure: unknown = await openReadStore({ databaseUrl, dataDir: '/nowhere' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReadStoreUnusable);
    const { message } = failure as Error;
    expect(message).toContain('the read store at postgresql://ann@127.0.0.1:1/day cannot be used: ');
    expect(message).not.toContain('secret');
  });
});

const DESCRIPTION = `
  select table_schema, table_name, column_name, data_type, collation_name, is_nullable, generation_expression
  from information_schema.columns where table_schema !~ '^(pg_|information)'
  union all
  select schemaname, tablename, indexname, indexdef, null, null, null from pg_indexes where schemaname !~ '^pg_'
  union all
  select relnamespace::regnamespace::text, relname, tgname, pg_get_triggerdef(pg_trigger.oid), null, null, null
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  union all
  select pronamespace::regnamespace::text, proname, prosrc, null, null, null, null
  from pg_proc where pronamespace::regnamespace::text !~ '^(pg_|information)'
  order by 1, 2, 3, 4
`;
