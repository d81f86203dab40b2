import type { AppJobOrder, AppJobState } from '../app-job-queries.js';
import type { Database } from './database.js';
import { afterPrefix } from './prefix.js';

/** What is asked for of the jobs of an app. */
export interface Wanted extends Order {
  readonly app: string;
  /** Empty: any name. */
  readonly prefix: string;
}

export interface Order {
  readonly orderBy: AppJobOrder;
  readonly order: 'asc' | 'desc';
}

/** Jobs that have ended, or the others: each kind is in indexes of its own. */
export interface Part {
  /** The states of all of the kind. */
  readonly kind: readonly AppJobState[];
  /** Those that are wanted. */
  readonly states: readonly AppJobState[];
}

/** What has not ended. */
export const ACTIVE: readonly AppJobState[] = ['scheduled', 'due', 'paused'];
export const KINDS: readonly Part['kind'][] = [ACTIVE, ['ended']];

export type Jobs = ReturnType<typeof jobs>;

export const jobs = (database: Database) => database.selectFrom('app_jobs as job');

/** By which index jobs are found: the one in the order of the list, that of names, or that of jobs that do not merely wait. */
export type Index = 'order' | 'name' | 'busy';

/** By which index the jobs of a part are found with the least work, where those that are wanted are rare or are not. */
export function indexFor({ prefix, orderBy }: Wanted, { kind, states }: Part, isRare: boolean): Index {
  if (prefix !== '') return isRare || orderBy === 'name' ? 'name' : 'order';
  if (states.length === kind.length || states.includes('scheduled')) return 'order';
  // Those of one state are in the order of their ids there.
  return isRare || (orderBy === 'created' && states.length === 1) ? 'busy' : 'order';
}

/** The jobs of a part; what is in no index keeps a database from using another one than is meant. */
export function matching(database: Database, { app, prefix }: Wanted, { kind, states }: Part, index: Index): Jobs {
  const ofApp = jobs(database).where('job.app', '=', app);
  if (index === 'busy') {
    return ofApp
      .where('job.state', 'in', states)
      .where((eb) => eb.or([eb('job.paused_at', 'is not', null), eb('job.open_runs', '>', eb.lit(0))]));
  }
  let query = ofApp.where('job.ended_at', kind.includes('ended') ? 'is not' : 'is', null);
  if (states.length < kind.length) {
    query = query.where((eb) => eb(eb.fn.coalesce('job.state', eb.val('')), 'in', states));
  }
  if (prefix === '') return query;
  const end = afterPrefix(prefix);
  return query.where((eb) => {
    const name = index === 'name' ? eb.ref('job.name') : eb.fn.coalesce('job.name', eb.val(''));
    return eb.and([eb(name, '>=', prefix), ...(end === null ? [] : [eb(name, '<', end)])]);
  });
}

/** Jobs are numbered as they are accepted, so the order by creation is the order by id. */
const COLUMNS = {
  name: ['job.name', 'job.id'],
  next_run: ['job.next_run', 'job.id'],
  created: ['job.id'],
  last_run: ['job.last_run', 'job.id'],
} as const satisfies Record<AppJobOrder, readonly string[]>;

/** What has ended has no next run, so that only ids are left to order it by. */
export function orderOf({ kind }: Part, { orderBy, order }: Order): Order {
  return { orderBy: orderBy === 'next_run' && kind.includes('ended') ? 'created' : orderBy, order };
}

/** Has jobs in an order. No next run is later than any; of itself it would be earlier than any in one of the databases. */
export function inOrder(query: Jobs, { orderBy, order }: Order): Jobs {
  let ordered = query;
  for (const column of COLUMNS[orderBy]) {
    ordered = ordered.orderBy(column, (by) => {
      const directed = order === 'asc' ? by.asc() : by.desc();
      if (column !== 'job.next_run') return directed;
      return order === 'asc' ? directed.nullsLast() : directed.nullsFirst();
    });
  }
  return ordered;
}
