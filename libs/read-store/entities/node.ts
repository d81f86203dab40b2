import { defineEntity, p } from '@mikro-orm/core';

/** A node whose agent has told its facts. */
export const NodeEntity = defineEntity({
  name: 'Node',
  tableName: 'nodes',
  properties: {
    name: p.text().primary().ignoreSchemaChanges('collation'),
    /** When that was first. */
    firstSeenAt: p.bigint('number'),
  },
});
