import type { Figures, Load } from './bench.js';
import { asOf } from './loads/as-of.js';
import { callbacks } from './loads/callbacks.js';
import { floor } from './loads/floor.js';
import { http, jobsHttp } from './loads/http.js';
import { jobs } from './loads/jobs.js';
import { burstTimes, lateness, spreadTimes } from './loads/lateness.js';
import { ledger } from './loads/ledger.js';
import { listsPostgresql, listsSqlite } from './loads/lists.js';
import { million, millionApps } from './loads/million.js';
import { planLists } from './loads/plan-lists.js';
import { plans, planWide } from './loads/plans.js';
import { rebuildPostgresql, rebuildSqlite } from './loads/rebuild.js';
import { schedule } from './loads/schedule.js';
import { sse, sseReaders } from './loads/sse.js';
import { wide } from './loads/wide.js';

/** A figure is good when it is on this side of its bar; a bar may rest on what else was measured. */
export type Bar = { readonly atMost: Limit } | { readonly atLeast: number };

type Limit = number | ((all: Figures) => number);

export interface LoadEntry {
  /** As `--only` has it; loads of the same name run together. */
  readonly name: string;
  readonly load: Load;
  /** Whether it is run as often as `--repeats` says, for the median, or once. */
  readonly runs: 'repeated' | 'once';
  /** Keys of its figures, each with its bar; null: there is none. */
  readonly figures: Readonly<Record<string, Bar | null>>;
  /** Why it cannot run on this machine, which is no failure; absent or null: it can. */
  readonly missing?: () => string | null;
  /** What is unlike Daybook as a user runs it. */
  readonly unlike: string;
}

const WAITING = 'the nodes have no agent, and a run waits an hour for one';
const BARE = 'no Daybook: the fired events alone, published when due';

/** An entry whose only figure has a bar. */
const one = (
  name: string,
  runs: LoadEntry['runs'],
  key: string,
  bar: Bar | null,
  load: Load,
  unlike = '',
): LoadEntry => ({
  name,
  runs,
  load,
  figures: { [key]: bar },
  unlike,
});

const lateLoad = (name: string, runs: LoadEntry['runs'], times: typeof spreadTimes, atMost: Limit) =>
  one(name, runs, `${name}_p99_ms`, { atMost }, lateness(`${name}_p99_ms`, times), WAITING);

const bareLoop = (name: string, runs: LoadEntry['runs'], times: typeof spreadTimes) =>
  one('floor', runs, `floor_${name}_p99_ms`, null, floor(`floor_${name}_p99_ms`, times), BARE);

/** All loads, in the order in which they run: each bare loop directly after what it stands beside. */
export const LOADS: readonly LoadEntry[] = [
  lateLoad('spread', 'once', spreadTimes, ({ floor_spread_p99_ms: bare = 0 }) => Math.max(10, 1.5 * bare)),
  bareLoop('spread', 'once', spreadTimes),
  lateLoad('burst10k', 'repeated', burstTimes(10_000), 150),
  bareLoop('burst10k', 'repeated', burstTimes(10_000)),
  lateLoad('burst50k', 'repeated', burstTimes(50_000), 600),
  bareLoop('burst50k', 'repeated', burstTimes(50_000)),
  one('jobs10k', 'repeated', 'jobs10k_life_s', { atMost: 1 }, jobs, 'a receiver that starts and keeps nothing'),
  {
    name: 'wide',
    runs: 'once',
    load: wide,
    figures: { wide_life_s: null, wide_peak_rss_mb: { atMost: 1500 } },
    unlike: 'receivers that start and keep nothing, 5,000 in one process',
  },
  one('plans', 'once', 'plans200_life_s', { atMost: 60 }, plans, 'receivers that start and keep nothing'),
  {
    name: 'plans',
    runs: 'once',
    load: planWide,
    figures: { plan_wide_life_s: null, plan_wide_lateness_max_ms: { atMost: 100 } },
    unlike: 'receivers that start and keep nothing, 10,000 in one process',
  },
  {
    name: 'plans',
    runs: 'once',
    load: planLists,
    figures: { plan_list_first_p99_ms: { atMost: 20 }, plan_list_deep_p99_ms: null },
    unlike: 'the log was written past the server, as if over a month',
  },
  one('sse', 'once', 'sse_p99_ms', { atMost: 15 }, sse, WAITING),
  {
    name: 'sse',
    runs: 'once',
    load: sseReaders,
    figures: { sse_burst_p99_ms: { atMost: 300 }, sse_burst_receipt_p99_ms: null },
    unlike: WAITING,
  },
  one('schedule', 'repeated', 'schedule_per_s', { atLeast: 30_000 }, schedule, 'no HTTP'),
  {
    name: 'http',
    runs: 'once',
    load: http,
    figures: { http_post_per_s: { atLeast: 5000 }, http_post_p99_ms: { atMost: 40 } },
    unlike: '',
  },
  {
    name: 'jobs-http',
    runs: 'once',
    load: jobsHttp,
    figures: { jobs_post_per_s: { atLeast: 5000 }, jobs_post_p99_ms: { atMost: 40 } },
    unlike: "Dapr's own gate: 600/s",
  },
  one('callbacks', 'once', 'callbacks_per_s', { atLeast: 6000 }, callbacks, "Dapr's own gate: 12,700/s on a cluster"),
  {
    name: 'rebuild',
    load: rebuildSqlite,
    runs: 'once',
    figures: {
      rebuild_events_per_s: { atLeast: 60_000 },
      rebuild_beside_events_per_s: { atLeast: 60_000 },
      rebuild_peak_rss_mb: { atMost: 700 },
    },
    unlike: 'the projector alone',
  },
  {
    name: 'rebuild',
    load: rebuildPostgresql,
    runs: 'once',
    figures: {
      rebuild_pg_events_per_s: { atLeast: 35_000 },
      rebuild_pg_beside_events_per_s: { atLeast: 35_000 },
      rebuild_pg_peak_rss_mb: { atMost: 700 },
    },
    unlike: 'the projector alone',
  },
  {
    name: 'ledger',
    runs: 'once',
    load: ledger,
    figures: {
      verify_events_per_s: { atLeast: 50_000 },
      export_events_per_s: { atLeast: 60_000 },
      import_events_per_s: { atLeast: 30_000 },
    },
    unlike: 'the log was written past the server, and nobody else asks that',
  },
  {
    name: 'as-of',
    runs: 'once',
    load: asOf,
    figures: { as_of_p99_ms: { atMost: 100 }, as_of_first_ms: null },
    unlike: 'the log was written past the server, as if over a month',
  },
  {
    name: 'million',
    runs: 'once',
    load: million,
    figures: {
      million_rss_mb: { atMost: 800 },
      million_restart_s: { atMost: 12 },
      million_snapshot_restart_s: { atMost: 6 },
    },
    unlike: 'the log was written past the server, as if over a month',
  },
  {
    name: 'million-apps',
    runs: 'once',
    load: millionApps,
    figures: {
      million_apps_rss_mb: { atMost: 800 },
      million_apps_restart_s: { atMost: 12 },
      million_apps_snapshot_restart_s: { atMost: 6 },
    },
    unlike: 'the log was written past the server',
  },
  {
    name: 'lists',
    runs: 'once',
    load: listsSqlite,
    figures: { list_first_p99_ms: { atMost: 10 }, list_deep_p99_ms: { atMost: 50 } },
    unlike: `500 rows change a second; ${WAITING}`,
  },
  {
    name: 'lists',
    runs: 'once',
    load: listsPostgresql,
    figures: { list_pg_first_p99_ms: { atMost: 20 }, list_pg_deep_p99_ms: { atMost: 150 } },
    unlike: `500 rows change a second; ${WAITING}`,
  },
];
