import type { Kysely } from '@mikro-orm/sqlite';

import type { Tables } from '../entities/index.js';
import type { Page } from '../queries.js';

export type Database = Kysely<Tables>;

/** A page in which no limit is a limit that no table reaches: an offset alone is not the same SQL everywhere. */
export function bounds({ limit, offset }: Page): { readonly limit: number; readonly offset: number } {
  return { limit: limit ?? 2 ** 31 - 1, offset };
}
