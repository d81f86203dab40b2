import type { FastifyRequest } from 'fastify';
import { originOf } from './links.js';
import { COUNT, LINK, listOf, named, objectOf, orNull, textOf } from './schema.js';
import type { Schema } from './schema.js';

/** The beginning of what comes in batches, and whether there is more. */
export interface Cut<T> {
  readonly batches: AsyncIterable<readonly T[]>;
  /** Known once the batches have been read: the last that they had, where there are more after it; null: there are not. */
  last(): T | null;
}

/** Cuts what comes in batches after so many. */
export function cutAfter<T>(batches: AsyncIterable<readonly T[]>, limit: number): Cut<T> {
  let left = limit;
  let last: T | null = null;
  let hasMore = false;
  async function* begun() {
    for await (const batch of batches) {
      const taken = batch.slice(0, left);
      left -= taken.length;
      last = taken.at(-1) ?? last;
      hasMore = taken.length < batch.length;
      if (taken.length > 0) yield taken;
      if (hasMore) return;
    }
  }
  return { batches: begun(), last: () => (hasMore ? last : null) };
}

/** The URL of the page that comes after an entry; null: there is none. */
export const nextLink = (request: FastifyRequest, publicUrl: string | null, after: number | null) =>
  after === null ? null : `${originOf(request, publicUrl)}${nextPath(request.url, after)}`;

/** Its path and query; a token in the query is left out. */
export function nextPath(url: string, after: number): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.delete('token');
  searchParams.set('after', String(after));
  return `${pathname}?${searchParams.toString()}`;
}

const PAGINATION = named(
  'PageAfter',
  objectOf<{ limit: number; order: string; next: string | null }>({
    limit: COUNT,
    order: textOf('asc', 'desc'),
    next: orNull(LINK),
  }),
);

/** A page that begins after an entry. */
export const pageAfterOf = (item: Schema) =>
  objectOf<{ items: unknown; pagination: unknown }>({ items: listOf(item), pagination: PAGINATION });
