import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { withoutPassword } from './address.js';
import { openReadStore } from './open.js';
import { sqliteOrm } from './sqlite/orm.js';
import { readStoreContract } from './testing/contract.js';
import { temporaryFolder } from './testing/databases.js';
import { keysOf } from './testing/keys.js';

describe('a read store on SQLite', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => (folder = await temporaryFolder()));
  afterAll(async () => {
    for (const close of closing) await close();
    await folder.remove();
  });

  readStoreContract(async () => {
    const orm = await sqliteOrm(join(folder.path, 'read.db'));
    closing.push(() => orm.close());
    return {
      databaseUrl: null,
      dataDir: folder.path,
      rowsOf: (table) => orm.em.execute(`select * from ${table} order by ${keysOf(table)}`),
      described: () => orm.em.execute('select type, name, tbl_name, sql from sqlite_master order by type, name'),
      tamper: (sql) => orm.em.execute(sql),
    };
  });

  it('has the tables that the entities say, no more and no less', async () => {
    const orm = await sqliteOrm(':memory:');
    expect(await orm.schema.getUpdateSchemaSQL()).not.toBe('');
    await orm.migrator.up();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await orm.close();
  });

  it('says which file is not a database, and that it may be removed', async () => {
    const other = await temporaryFolder();
    await writeFile(
      join(other.path, 'read.db'),
      'no database at all, but long enough to be taken for the header of one'.repeat(20),
    );
    const problem = `the read store at ${join(other.path, 'read.db')} cannot be used: file is not a database; if the file is damaged, remove it with its -wal and -shm: the next start builds it again from the log`;
    await expect(openReadStore({ databaseUrl: null, dataDir: other.path })).rejects.toThrow(problem);
    await other.remove();
  });

  it('says which folder is not there', async () => {
    const dataDir = join(folder.path, 'missing');
    await expect(openReadStore({ databaseUrl: null, dataDir })).rejects.toThrow(
      `the read store at ${join(dataDir, 'read.db')} cannot be used: `,
    );
  });
});

describe('the address of a database', () => {
  it('is shown without its password', () => {
    expect(withoutPassword('postgresql://ann:s%40cret@db.example:5433/day?sslmode=require')).toBe(
      'postgresql://ann@db.example:5433/day',
    );
    expect(withoutPassword('postgresql://db.example/day?password=secret')).toBe('postgresql://db.example/day');
    expect(withoutPassword('ann:secret@db')).not.toContain('secret');
  });
});
