import type { Json } from '#domain';

import { comparableReader } from './columns.js';
import type { Row } from './columns.js';
import type { Query } from './query.js';
import { compareValues } from './values.js';

/** Rows in the order that a query asks for; where it says nothing they stay as they are. */
export function sortRows(rows: Row[], { entity, orderBy }: Query): Row[] {
  const orders = orderBy.map(({ field, descending }) => ({
    read: comparableReader(entity, field),
    sign: descending ? -1 : 1,
  }));
  if (orders.length === 0) return rows;
  return rows
    .map((row) => ({ row, keys: orders.map(({ read }) => read(row)) }))
    .sort((a, b) => {
      for (const [index, { sign }] of orders.entries()) {
        const difference = compareValues(a.keys[index] as Json, b.keys[index] as Json);
        if (difference !== 0) return sign * difference;
      }
      return 0;
    })
    .map(({ row }) => row);
}
