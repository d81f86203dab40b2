import { defineEntity, p } from '@mikro-orm/core';

export const RoleEntity = defineEntity({
  name: 'Role',
  tableName: 'roles',
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** JSON of the `Role`. */
    details: p.text(),
  },
});

/** A token that was issued; what would show which one it is, is not here. */
export const TokenEntity = defineEntity({
  name: 'Token',
  tableName: 'tokens',
  properties: {
    id: p.integer().primary().autoincrement(false),
    subject: p.text(),
    details: p.text(),
    issuedAt: p.bigint('number'),
    revokedAt: p.bigint('number').nullable(),
  },
});

export const TaskTargetEntity = defineEntity({
  name: 'TaskTarget',
  tableName: 'task_targets',
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** JSON of the `TaskTarget`. */
    details: p.text(),
  },
});
