import type { AuditBound, AuditFilter, AuditPage } from '../audit-queries.js';
import { plainText } from '../orchestrator/plain-text.js';
import type { Database } from './database.js';

/** A column, and the values of which it must have one. */
interface OneOf {
  readonly column: 'subject' | 'actor' | 'type' | 'correlation' | 'command';
  readonly values: readonly string[];
}

/** Filters by what finds their entries. */
export interface Wanted {
  /** Has an index; null: all entries are looked through. */
  readonly indexed: OneOf | null;
  /** What is compared. */
  readonly others: readonly OneOf[];
}

/** The filters, the one that leaves fewest entries first, as far as one can tell. */
export async function filtersOf(database: Database, filter: AuditFilter): Promise<Wanted> {
  const { subject, actor, types, correlation, command } = filter;
  const indexed: OneOf[] = [];
  if (subject !== undefined) indexed.push({ column: 'subject', values: [plainText(subject)] });
  if (actor !== undefined) indexed.push({ column: 'actor', values: await actorsLike(database, plainText(actor)) });
  if (types !== undefined) indexed.push({ column: 'type', values: types });
  const others: OneOf[] = [];
  if (correlation !== undefined) others.push({ column: 'correlation', values: [plainText(correlation)] });
  if (command !== undefined) others.push({ column: 'command', values: [plainText(command)] });
  return { indexed: indexed[0] ?? null, others: [...indexed.slice(1), ...others] };
}

/** The actors that are meant by a name as events have it, an id or a login. */
async function actorsLike(database: Database, named: string): Promise<readonly string[]> {
  if (named === 'daybook' || named.includes('/')) return [named];
  const subjects = await database.selectFrom('subjects').select('id').where('login', '=', named).execute();
  return [named, ...subjects.map(({ id }) => id)].map((id) => `subject/${id}`);
}

/** Numbers of entries, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The entries that are left by number and time; null: none is. */
export async function rangeOf(
  database: Database,
  { from, to }: AuditFilter,
  { order, after }: Pick<AuditPage, 'order' | 'after'>,
): Promise<Range | null> {
  let first = from === undefined ? 1 : await firstOf(database, from);
  let last = to === undefined ? Number.MAX_SAFE_INTEGER : await lastOf(database, to);
  if (after !== null && order === 'asc') first = Math.max(first, after + 1);
  if (after !== null && order === 'desc') last = Math.min(last, after - 1);
  return first <= last ? { first, last } : null;
}

const firstOf = async (database: Database, bound: AuditBound) =>
  'number' in bound ? bound.number : await numberAt(database, bound.ms);

const lastOf = async (database: Database, bound: AuditBound) =>
  'number' in bound ? bound.number : (await numberAt(database, bound.ms + 1)) - 1;

/** A number that is above those of all entries before a time, and of no later entry; found by halving what is left. */
async function numberAt(database: Database, ms: number): Promise<number> {
  const entries = database.selectFrom('audit_entries').select(['number', 'at']);
  const newest = await entries.orderBy('number', 'desc').limit(1).executeTakeFirst();
  let low = 1;
  let high = (newest?.number ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = await entries.where('number', '>=', middle).orderBy('number', 'asc').limit(1).executeTakeFirst();
    if (entry === undefined || entry.at >= ms) high = middle;
    else low = entry.number + 1;
  }
  return low;
}
