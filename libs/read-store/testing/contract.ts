import { openReadStore } from '../open.js';
import type { ReadStore, ReadStoreOptions } from '../open.js';
import { accessContract } from './access-contract.js';
import { appJobRunsContract } from './app-job-runs-contract.js';
import { appJobsContract } from './app-jobs-contract.js';
import { auditContract } from './audit-contract.js';
import { positionAfter, rebuild } from './apply.js';
import { besideContract } from './beside-contract.js';
import { History } from './history.js';
import { jobContract } from './job-contract.js';
import { jobsContract } from './jobs-contract.js';
import { planJobsContract } from './plan-jobs-contract.js';
import { projectingContract } from './projecting-contract.js';
import { scheduledJobsContract } from './scheduled-jobs-contract.js';

export interface ContractDatabase extends ReadStoreOptions {
  /** The rows of a table in the order of their keys. */
  rowsOf(table: string): Promise<readonly unknown[]>;
  /** Tables, columns, indexes, triggers and functions, as the database describes them. */
  described(): Promise<readonly unknown[]>;
  /** Runs SQL that no projection would. */
  tamper(sql: string): Promise<unknown>;
}

export interface Opened {
  readonly database: ContractDatabase;
  readonly store: ReadStore;
}

/** What a read store does in every dialect. */
export function readStoreContract(emptyDatabase: () => Promise<ContractDatabase>): void {
  let opened: Opened;

  beforeAll(async () => {
    const database = await emptyDatabase();
    opened = { database, store: await openReadStore(database) };
  });
  afterAll(() => opened.store.close());

  projectingContract(() => opened);
  besideContract(() => opened);
  scheduledJobsContract(() => opened);
  jobsContract(() => opened);
  jobContract(() => opened);
  planJobsContract(() => opened);
  appJobsContract(() => opened);
  appJobRunsContract(() => opened);
  accessContract(() => opened);
  auditContract(() => opened);

  it('opens what it left', async () => {
    const { events } = new History().subject('admin', 'admin').job(1);
    await rebuild(opened.store.projections, events);
    const again = await openReadStore(opened.database);
    expect(await again.queries.job(1)).toMatchObject({ id: 1 });
    expect(await again.projections.checkpoint('orchestrator')).toEqual({ version: 4, ...positionAfter(events) });
    expect(await again.projections.checkpoints()).toEqual([positionAfter(events)]);
    await again.close();
  });
}
