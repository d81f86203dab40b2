import { COUNT, LINK, listOf, NAME, named, objectOf, TEXT, textOf } from '#http';
import type { Schema } from '#http';

interface Pagination {
  readonly limit: number;
  readonly offset: number;
  readonly total: number;
  readonly order_by: string;
  readonly order: string;
  readonly type?: string;
}

const PAGINATION = named(
  'Pagination',
  objectOf<Pagination>(
    { limit: COUNT, offset: COUNT, total: COUNT, order_by: TEXT, order: textOf('asc', 'desc'), type: TEXT },
    ['type'],
  ),
);

/** All there is. */
export const itemsOf = (item: Schema) => objectOf<{ items: unknown }>({ items: listOf(item) });

/** A part of a list. */
export const pageOf = (item: Schema) =>
  objectOf<{ items: unknown; pagination: unknown }>({ items: listOf(item), pagination: PAGINATION });

/** What a command has made or changed: its URL and its number as text. */
export const REFERENCE = named('Reference', objectOf<{ id: string; name: string }>({ id: LINK, name: NAME }));

/** A URL of something that belongs to what an answer is about. */
export const LINKED = named('Link', objectOf<{ id: string }>({ id: LINK }));

/** A place on the server by its name. */
export const ENTRY = named('Entry', objectOf<{ id: string; name: string }>({ id: LINK, name: TEXT }));
