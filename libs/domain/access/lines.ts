import type { Access, Failures } from './access.js';
import type { Role, TaskTarget } from './events.js';
import type { Token } from './tokens.js';

/** Parts of the access in a written state. */
export type AccessEntity =
  | readonly ['access', { readonly lastRole: number; readonly lastToken: number }]
  | readonly ['role', Role]
  | readonly ['password', string, string]
  | readonly ['failures', string, Failures]
  | readonly ['token', Token]
  | readonly ['task-target', TaskTarget];

export function* accessEntities(access: Access): Iterable<AccessEntity> {
  const { roles, lastRole, passwords, failures, tokens, taskTargets } = access;
  for (const role of roles.values()) yield ['role', role];
  for (const [id, password] of passwords) yield ['password', id, password];
  for (const [id, failed] of failures) yield ['failures', id, failed];
  for (const token of tokens.all()) yield ['token', token];
  for (const target of taskTargets.values()) yield ['task-target', target];
  yield ['access', { lastRole, lastToken: tokens.last }];
}

export function addAccessEntity(access: Access, entity: AccessEntity): void {
  switch (entity[0]) {
    case 'access':
      access.lastRole = entity[1].lastRole;
      access.tokens.restoreLast(entity[1].lastToken);
      return;
    case 'role':
      access.roles.set(entity[1].id, entity[1]);
      return;
    case 'password':
      access.passwords.set(entity[1], entity[2]);
      return;
    case 'failures':
      access.failures.set(entity[1], entity[2]);
      return;
    case 'token':
      access.tokens.restore(entity[1]);
      return;
    case 'task-target':
      access.taskTargets.set(entity[1].id, entity[1]);
      return;
  }
}
