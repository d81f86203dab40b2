import type { NodeOrder, NodeRow, Queries } from '../queries.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { nodeRow } from './rows.js';

type Query = Parameters<Queries['jobNodes']>[1];

/** Rows in memory at a time: each may carry a result of 64 kB. */
const BATCH = 200;

export function jobNodes(database: Database): Queries['jobNodes'] {
  return async function* (id, query) {
    const names = await namesOf(database, id, query);
    for (let start = 0; start < names.length; start += BATCH) {
      yield await nodesNamed(database, id, names.slice(start, start + BATCH));
    }
  };
}

/** The names of the nodes of a page, in its order. */
async function namesOf(database: Database, id: number, query: Query): Promise<readonly string[]> {
  const { orderBy, order, state, nowMs } = query;
  const { limit, offset } = bounds(query);
  let matching = database.selectFrom('job_nodes').select('name').where('job', '=', id);
  if (state !== undefined) matching = matching.where('state', '=', state);
  const rows = await matching
    .orderBy(
      (eb) => {
        const columns = {
          name: eb.ref('name'),
          state: eb.ref('state'),
          start_timestamp: eb.ref('started_at'),
          finish_timestamp: eb.ref('finished_at'),
          duration: eb(eb.fn.coalesce('finished_at', eb.val(nowMs)), '-', eb.ref('started_at')),
        } satisfies Record<NodeOrder, unknown>;
        return columns[orderBy];
      },
      (by) => (order === 'asc' ? by.asc() : by.desc()).nullsLast(),
    )
    .orderBy('position', order)
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row) => row.name);
}

async function nodesNamed(database: Database, id: number, names: readonly string[]): Promise<readonly NodeRow[]> {
  const rows = await database
    .selectFrom('job_nodes as node')
    .leftJoin('job_events as latest', (join) =>
      join.onRef('latest.job', '=', 'node.job').onRef('latest.number', '=', 'node.latest_event'),
    )
    .select(['node.name', 'node.state', 'node.changed_at', 'node.started_at', 'node.finished_at'])
    .select(['node.latest_event', 'latest.detail', 'latest.large'])
    .where('node.job', '=', id)
    .where('node.name', 'in', names)
    .execute();
  const byName = new Map(rows.map((row) => [row.name, nodeRow(row)]));
  return names.map((name) => byName.get(name)).filter((row) => row !== undefined);
}
