import type { Json, JsonObject } from '#domain';

import { AUDIT_ROLES } from '../audit/roles.js';
import type { AuditedType } from '../audit/roles.js';
import { said } from '../audit/said.js';
import { parse } from './columns.js';
import type { Database } from './database.js';

/** An entry as far as it says what its subject is. */
export interface Said {
  readonly number: number;
  readonly type: AuditedType;
  readonly subject: string;
  readonly data: JsonObject;
}

/** What stood before an entry where that changes; null: nothing did, or it changes nothing. */
export async function before(database: Database, { number, type, subject, data }: Said): Promise<JsonObject | null> {
  switch (AUDIT_ROLES[type]) {
    case 'tells':
      return null;
    case 'begins': {
      const replaced = type === 'daybook.app-job.scheduled' ? data['replaces'] : null;
      return typeof replaced === 'number' ? standing(database, `app-job/${replaced}`, number, null) : null;
    }
    case 'changes':
      return standing(database, subject, number, Object.keys(said(type, data)!));
    case 'states':
    case 'ends':
      return standing(database, subject, number, null);
  }
}

/** What was said last before an entry under some keys, or under all: back to where everything was said. */
export async function standing(
  database: Database,
  subject: string,
  number: number,
  keys: readonly string[] | null,
): Promise<JsonObject | null> {
  const found: Record<string, Json> = {};
  for (let at = number; ;) {
    const change = await changeBefore(database, subject, at);
    if (change === null || AUDIT_ROLES[change.type] === 'ends') break;
    for (const [key, value] of Object.entries(said(change.type, change.data)!)) {
      if (!(key in found) && (keys === null || keys.includes(key))) found[key] = value;
    }
    if (AUDIT_ROLES[change.type] !== 'changes' || keys?.every((key) => key in found)) break;
    at = change.number;
  }
  return Object.keys(found).length === 0 ? null : found;
}

async function changeBefore(database: Database, subject: string, number: number): Promise<Said | null> {
  const row = await database
    .selectFrom('audit_entries')
    .select(['number', 'type', 'data'])
    .where('subject', '=', subject)
    .where('is_change', '=', 1)
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { number: row.number, type: row.type as AuditedType, subject, data: parse<JsonObject>(row.data) };
}
