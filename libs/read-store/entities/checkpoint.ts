import { defineEntity, p } from '@mikro-orm/core';

/** How far a projection has come; moves in the transaction that writes its rows. */
export const Checkpoint = defineEntity({
  name: 'Checkpoint',
  tableName: 'checkpoints',
  properties: {
    /** The projection. */
    name: p.text().primary(),
    version: p.integer(),
    number: p.bigint('number'),
    sequence: p.bigint('number'),
    hash: p.text(),
  },
});
