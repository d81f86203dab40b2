import { defineEntity, p } from '@mikro-orm/core';

/** How many rows a list has, kept with the rows because counting a million of them takes too long. */
export const Total = defineEntity({
  name: 'Total',
  tableName: 'totals',
  properties: {
    /** The list, or the list and a type: `jobs`, `jobs:task`. */
    name: p.text().primary(),
    count: p.bigint('number'),
  },
});
