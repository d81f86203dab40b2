import { setImmediate as others } from 'node:timers/promises';

import type { JsonObject } from '#domain';

import type { AuditPage, AuditQueries, AuditRow } from '../audit-queries.js';
import { AUDIT_ROLES } from '../audit/roles.js';
import type { AuditedType } from '../audit/roles.js';
import { said, withoutId } from '../audit/said.js';
import type { Tables } from '../entities/index.js';
import { before, standing } from './audit-before.js';
import { filtersOf, rangeOf } from './audit-filter.js';
import type { Range, Wanted } from './audit-filter.js';
import { iso, parse } from './columns.js';
import type { Database } from './database.js';

/** Entries of a batch: the data of each may be as large as a commit. */
const BATCH = 100;

/** Entries that one query looks through, so that one that finds few does not keep the thread from others. */
const LOOKED_THROUGH = 2000;

export function auditQueries(database: Database): AuditQueries {
  return {
    async *entries(filter, { order, after, limit }) {
      const wanted = await filtersOf(database, filter);
      let range: Range | null = await rangeOf(database, filter, { order, after });
      let left = limit ?? Infinity;
      while (range !== null && left > 0) {
        // A query of SQLite is answered before anybody else has had a turn.
        await others();
        const edge = await edgeOf(database, wanted, range, order);
        if (edge === null) return;
        const atMost = Math.min(left, BATCH);
        const rows = await rowsOf(database, wanted, range, order, atMost);
        if (rows.length > 0) yield rows;
        left -= rows.length;
        range = beyond(range, rows.length === atMost ? rows.at(-1)!.number : edge, order);
      }
    },
    async changesBefore(subject, number) {
      const { count } = await database
        .selectFrom('audit_entries')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('subject', '=', subject)
        .where('is_change', '=', 1)
        .where('number', '<', number)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    standing: (subject, number) => standing(database, subject, number, null),
    async firstAbout(subject) {
      const row = await database
        .selectFrom('audit_entries')
        .selectAll()
        .where('subject', '=', subject)
        .orderBy('number', 'asc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : (await shown(database, [row]))[0]!;
    },
  };
}

type Order = AuditPage['order'];

/** What is left of a range beyond a number; null: nothing. */
function beyond({ first, last }: Range, number: number, order: Order): Range | null {
  const left = order === 'asc' ? { first: number + 1, last } : { first, last: number - 1 };
  return left.first <= left.last ? left : null;
}

/** Numbers of the next entries that an index finds; they are compared with the other filters then. */
function numbersIn(database: Database, wanted: Wanted, { first, last }: Range, order: Order) {
  const size = wanted.others.length === 0 ? BATCH : LOOKED_THROUGH;
  const all = database
    .selectFrom('audit_entries')
    .select('number')
    .where('number', '>=', first)
    .where('number', '<=', last)
    .orderBy('number', order)
    .limit(size);
  if (wanted.indexed === null) return all;
  const { column, values } = wanted.indexed;
  // One value after the other has each found in its order by the index.
  const parts = values.map((value) =>
    database.selectFrom(all.where(column, '=', value).as('part')).select('part.number as number'),
  );
  const together = parts.reduce((one, other) => one.unionAll(other));
  return database
    .selectFrom(together.as('parts'))
    .select('parts.number as number')
    .orderBy('number', order)
    .limit(size);
}

/** The last number that is looked at next; null: there is nothing left. */
async function edgeOf(database: Database, wanted: Wanted, range: Range, order: Order): Promise<number | null> {
  const numbers = numbersIn(database, wanted, range, order).as('numbers');
  const { edge } = await database
    .selectFrom(numbers)
    .select(({ fn }) => (order === 'asc' ? fn.max('number') : fn.min('number')).as('edge'))
    .executeTakeFirstOrThrow();
  return edge === null ? null : Number(edge);
}

async function rowsOf(database: Database, wanted: Wanted, range: Range, order: Order, limit: number) {
  let query = database
    .selectFrom('audit_entries')
    .selectAll()
    .where('number', 'in', numbersIn(database, wanted, range, order));
  for (const { column, values } of wanted.others) query = query.where(column, 'in', values);
  return shown(database, await query.orderBy('number', order).limit(limit).execute());
}

const SUBJECT = 'subject/';

/** Entries with the logins of their actors and what stood before them. */
async function shown(database: Database, rows: readonly Tables['audit_entries'][]): Promise<readonly AuditRow[]> {
  const logins = await loginsOf(database, new Set(rows.map(({ actor }) => actor)));
  const entries: AuditRow[] = [];
  for (const { number, subject, actor, correlation, command, at, ...row } of rows) {
    const type = row.type as AuditedType;
    const data = parse<JsonObject>(row.data);
    entries.push({
      number,
      time: iso(at),
      type,
      subject,
      actor,
      login: logins.get(actor) ?? null,
      correlation,
      command,
      before: await before(database, { number, type, subject, data }),
      after: said(type, data),
      details: AUDIT_ROLES[type] === 'tells' ? withoutId(data) : null,
    });
  }
  return entries;
}

async function loginsOf(database: Database, actors: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const users = Array.from(actors).filter((actor) => actor.startsWith(SUBJECT));
  const ids = users.map((actor) => actor.slice(SUBJECT.length));
  if (ids.length === 0) return new Map();
  const subjects = await database.selectFrom('subjects').select(['id', 'login']).where('id', 'in', ids).execute();
  return new Map(subjects.map(({ id, login }) => [`${SUBJECT}${id}`, login]));
}
