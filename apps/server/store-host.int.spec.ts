import { pathToFileURL } from 'node:url';
import { LOG_START } from '#event-log';
import { bulkStatements, insert, mergeOperations, orchestrator, remove } from '#read-store';
import type { Operation } from '#read-store';
import { temporaryFolder } from '../../libs/read-store/testing/databases.js';
import type { StoreHost } from './store-host.js';

// Threads run what is built.
const { openStoreThread } = (await import(
  pathToFileURL('dist/apps/server/store-host.js').href
)) as typeof import('./store-host.js');

const changes = (operation: Operation) => bulkStatements(mergeOperations([operation]));

describe('the thread that writes rows', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let store: StoreHost;
  beforeEach(async () => {
    folder = await temporaryFolder();
    store = await openStoreThread({ databaseUrl: null, dataDir: folder.path });
    await store.reset(orchestrator, await store.checkpoint(orchestrator.name));
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const start = { version: orchestrator.version, ...LOG_START };
  const position = { number: 3, sequence: 1, hash: 'a'.repeat(64) };

  it('writes what it is given, and says where the checkpoint is', async () => {
    const set = changes(insert('job_details', { id: 1, details: '{}' }));
    expect(await store.write(orchestrator.name, start, position, [set])).toBe(true);
    expect(await store.checkpoint(orchestrator.name)).toEqual({ version: orchestrator.version, ...position });
    expect(await store.checkpoints()).toEqual([position]);
    expect(await store.write(orchestrator.name, start, position, [set])).toBe(false);
  });

  it('names the changes that are refused, which no second try would help', async () => {
    const good = changes(insert('job_details', { id: 1, details: '{}' }));
    const bad = changes(remove('job_details', { id: 2 }));
    const refused: unknown = await store
      .write(orchestrator.name, start, position, [good, bad])
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ChangesRefused', set: 1 });
    expect(refused).toHaveProperty('message', 'remove in job_details found 0 of 1 rows, expected all');
    expect(store.isTransient(refused)).toBe(false);
    expect(await store.checkpoint(orchestrator.name)).toEqual(start);
  });

  it('says why it cannot open the database', async () => {
    const problem = 'the read store at /nowhere/read.db cannot be used: ';
    await expect(openStoreThread({ databaseUrl: null, dataDir: '/nowhere' })).rejects.toThrow(problem);
  });
});
