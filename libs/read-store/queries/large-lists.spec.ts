import type { MikroORM } from '@mikro-orm/sqlite';
import type { Tables } from '../entities/index.js';
import { sqliteOrm } from '../sqlite/orm.js';
import { appJobQueries } from './app-jobs.js';
import type { Database } from './database.js';
import { jobs } from './jobs.js';
import { planJobs } from './plan-jobs.js';
import { scheduledJobs } from './scheduled-jobs.js';

/** A page far into a list of a million. */
const FAR = { limit: 50, offset: 500_000 };
const NEAR = { limit: 50, offset: 0 };
/** Plan jobs with all that is shown of them. */
const PLANS = { withResult: true } as const;

let orm: MikroORM;
beforeAll(async () => {
  orm = await sqliteOrm(':memory:');
  await orm.migrator.up();
  await orm.em.execute(`insert into totals (name, count) values ('jobs', 1000000), ('plan_jobs', 1000000)`);
  await orm.em.execute(`
    insert into app_jobs (id, app, name, version, created_at, last_run, runs, occurrences, skips, open_runs, dead_letters)
    values (1, 'app', 'job', 1, 1, 1, 1000000, 1000000, 1000000, 0, 1000000)
  `);
  await orm.em.execute(`
    insert into app_job_counts (app, state, count) values ('app', 'due', 9), ('app', 'ended', 1000000)
    on conflict do nothing
  `);
  await orm.em.execute(`update app_job_counts set count = 1000000 where state = 'scheduled'`);
  await count('id', 'next_run', 'scheduled_time');
});
afterAll(() => orm.close());

/** Has the parts of these orders say that there are a million schedules, most of them tasks. */
async function count(...orders: readonly string[]): Promise<void> {
  await orm.em.execute('delete from scheduled_job_counts');
  for (const order of orders) {
    await orm.em.execute(
      `insert into scheduled_job_counts values ('${order}', 0, 'task', 999990), ('${order}', 0, 'deploy', 10)`,
    );
  }
}

/** How SQLite finds what the queries ask for, in its own words. */
async function plansOf(ask: (database: Database) => Promise<unknown>): Promise<string[]> {
  const database = orm.em.getKysely<Tables>();
  const asked: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  await ask(
    database.withPlugin({
      transformQuery({ node, queryId }) {
        asked.push(database.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }),
  );
  const plans = asked.map(({ sql, parameters }) =>
    orm.em.execute<{ readonly detail: string }[]>(`explain query plan ${sql}`, [...parameters]),
  );
  return (await Promise.all(plans)).flat().map(({ detail }) => detail);
}

/** In the order of ids a list is read itself, as far as its page goes; what is shown beside it is looked up. */
const wholeTables = (plan: readonly string[]) => plan.filter((step) => /^SCAN (detail|run|result)$/.test(step));

describe('a page of scheduled jobs', () => {
  describe.each(['next_run', 'scheduled_time', 'name', 'environment', 'type', 'owner'] as const)('by %s', (orderBy) => {
    it.each([
      ['asc', NEAR],
      ['desc', NEAR],
      ['asc', FAR],
      ['desc', FAR],
    ] as const)('%s looks up what it shows (%j)', async (order, page) => {
      const plan = await plansOf((database) => scheduledJobs(database)({ orderBy, order, ...page }));
      expect(plan).not.toEqual([]);
      expect(wholeTables(plan)).toEqual([]);
    });
  });
});

describe('a page of scheduled jobs of a type', () => {
  const BY_TYPE = /scheduled_jobs_type_id_index/;
  const planOf = (type: 'task' | 'deploy', orderBy: 'next_run' | 'scheduled_time' | 'environment') =>
    plansOf((database) => scheduledJobs(database)({ type, orderBy, order: 'asc', limit: 5, offset: 0 }));

  it.each(['next_run', 'scheduled_time', 'environment'] as const)('that most have is read by %s', async (orderBy) => {
    expect((await planOf('task', orderBy)).filter((step) => BY_TYPE.test(step))).toEqual([]);
  });

  it.each(['next_run', 'scheduled_time', 'environment'] as const)('that few have is sorted by %s', async (orderBy) => {
    expect((await planOf('deploy', orderBy)).filter((step) => BY_TYPE.test(step))).not.toEqual([]);
  });
});

describe('a page that begins beyond what is left when it is read', () => {
  it('is empty', async () => {
    await count('id');
    const list = scheduledJobs(orm.em.getKysely<Tables>());
    expect((await list({ orderBy: 'next_run', order: 'asc', ...FAR })).rows).toEqual([]);
  });
});

/** How a list is found; the page itself is put in order once more after it was looked up. */
const listOf = (plan: readonly string[]) => plan.slice(plan.indexOf('LIST SUBQUERY 1'), -1);
const sorting = (list: readonly string[]) => list.filter((step) => step.startsWith('USE TEMP B-TREE'));

describe('a page in the order of owners', () => {
  it.each([
    ['scheduled jobs', (database: Database) => scheduledJobs(database)({ orderBy: 'owner', order: 'asc', ...FAR })],
    ['jobs', (database: Database) => jobs(database, 'instr')({ orderBy: 'owner', order: 'asc', ...FAR })],
    ['plan jobs', (database: Database) => planJobs(database)({ ...PLANS, orderBy: 'owner', order: 'asc', ...FAR })],
  ])('of %s is found without sorting', async (_, ask) => {
    const list = listOf(await plansOf(ask));
    expect(list[1]).toMatch(/^SCAN subject USING COVERING INDEX/);
    expect(sorting(list)).toEqual([]);
  });
});

describe('a page of jobs', () => {
  it.each(['timestamp', 'name', 'environment', 'state', 'owner'] as const)(
    'by %s looks up what it shows',
    async (orderBy) => {
      const plan = await plansOf((database) => jobs(database, 'instr')({ orderBy, order: 'desc', ...NEAR }));
      expect(plan).not.toEqual([]);
      expect(wholeTables(plan)).toEqual([]);
    },
  );
});

describe('a page of plan jobs', () => {
  it.each(['timestamp', 'name', 'environment', 'state', 'owner'] as const)(
    'by %s looks up what it shows',
    async (orderBy) => {
      const plan = await plansOf((database) => planJobs(database)({ ...PLANS, orderBy, order: 'desc', ...NEAR }));
      expect(plan).not.toEqual([]);
      expect(wholeTables(plan)).toEqual([]);
    },
  );
});

describe('a page of jobs of an app', () => {
  const APP = { app: 'app', ...NEAR };
  const ORDERS = ['name', 'next_run', 'created', 'last_run'] as const;
  type List = Parameters<ReturnType<typeof appJobQueries>['list']>[0];
  const planOf = async (query: Pick<List, 'orderBy' | 'order' | 'states' | 'prefix'>) =>
    listOf(await plansOf((database) => appJobQueries(database).list({ ...APP, ...query })));

  describe.each(['asc', 'desc'] as const)('%s', (order) => {
    it.each([
      ['name', 'name'],
      ['next_run', 'next_run'],
      ['created', 'id'],
      ['last_run', 'last_run'],
    ] as const)('by %s is read in the order of an index', async (orderBy, index) => {
      const list = await planOf({ orderBy, order });
      expect(list[1]).toBe(`SEARCH job USING INDEX app_jobs_active_${index}_index (app=?)`);
      expect(sorting(list)).toEqual([]);
    });

    it.each([
      ['name', 'name'],
      ['next_run', 'id'],
      ['created', 'id'],
      ['last_run', 'last_run'],
    ] as const)('by %s of what has ended is read in the order of an index', async (orderBy, index) => {
      const list = await planOf({ orderBy, order, states: ['ended'] });
      expect(list[1]).toBe(`SEARCH job USING INDEX app_jobs_ended_${index}_index (app=?)`);
      expect(sorting(list)).toEqual([]);
    });
  });

  it.each(ORDERS)('with a prefix by %s reads a range of the index of names', async (orderBy) => {
    const list = await planOf({ orderBy, order: 'asc', prefix: 'j' });
    expect(list[1]).toBe('SEARCH job USING INDEX app_jobs_active_name_index (app=? AND name>? AND name<?)');
  });

  it.each(ORDERS)('of a state that few are in by %s reads these', async (orderBy) => {
    const list = await planOf({ orderBy, order: 'asc', states: ['due'] });
    expect(list[1]).toBe('SEARCH job USING INDEX app_jobs_busy_index (app=? AND state=?)');
  });

  it.each([
    ['runs', /^SEARCH run USING INDEX app_job_runs_job_run_index/],
    ['skips', /^SEARCH app_job_skips USING PRIMARY KEY/],
    ['deadLetters', /^SEARCH run USING INDEX app_job_runs_dead_index/],
  ] as const)('is followed by %s that are read in the order of an index', async (list, index) => {
    const ofName = { ...APP, name: 'job', order: 'desc' } as const;
    const plan = await plansOf((database) => appJobQueries(database)[list](ofName));
    const found = plan.findIndex((step) => index.test(step));
    expect(found).toBeGreaterThanOrEqual(0);
    expect(sorting(plan.slice(found))).toEqual([]);
  });
});
