import type { AppJobQueries, AppRow } from '../app-job-queries.js';
import type { Tables } from '../entities/index.js';
import { parse } from './columns.js';
import type { Database } from './database.js';

export function apps(database: Database): AppJobQueries['apps'] {
  return async () => (await database.selectFrom('apps').selectAll().orderBy('id').execute()).map(appRow);
}

export function app(database: Database): AppJobQueries['app'] {
  return async (id) => {
    const row = await database.selectFrom('apps').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : appRow(row);
  };
}

function appRow(row: Tables['apps']): AppRow {
  return {
    id: row.id,
    addresses: parse<string[]>(row.addresses),
    hasToken: row.has_token === 1,
    natsKey: row.nats_key,
    callsAtOnce: row.calls_at_once,
  };
}
