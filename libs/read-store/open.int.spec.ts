import { openReadStore, ReadStoreUnusable } from './open.js';
import { postgresqlOrm } from './postgresql/orm.js';
import { readStoreContract } from './testing/contract.js';
import { startPostgres } from './testing/databases.js';
import type { PostgresServer } from './testing/databases.js';
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

  it('says which server cannot be reached, without the password', async () => {
    const databaseUrl = 'postgresql://ann:secret@127.0.0.1:1/day';
    const failure: unknown = await openReadStore({ databaseUrl, dataDir: '/nowhere' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReadStoreUnusable);
    const { message } = failure as Error;
    expect(message).toContain('the read store at postgresql://ann@127.0.0.1:1/day cannot be used: ');
    expect(message).not.toContain('secret');
  });
});
