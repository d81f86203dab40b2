import { defineEntity, p } from '@mikro-orm/core';

export const NodeGroupEntity = defineEntity({
  name: 'NodeGroup',
  tableName: 'node_groups',
  properties: {
    id: p.text().primary(),
    /** JSON of the `NodeGroup`. */
    details: p.text(),
  },
});
