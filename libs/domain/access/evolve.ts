import type { EventData } from '../event.js';
import { msOf } from '../instant.js';
import type { State } from '../state.js';

export function passwordSet({ access }: State, { id, password }: EventData['daybook.subject.password-set']): void {
  access.passwords.set(id, password);
  access.failures.delete(id);
}

export function loginFailed({ access }: State, data: EventData['daybook.subject.login-failed']): void {
  const { id, failures: count, lockedUntil } = data;
  access.failures.set(id, { count, lockedUntilMs: lockedUntil === null ? null : msOf(lockedUntil) });
}

export function roleDefined({ access }: State, role: EventData['daybook.role.defined']): void {
  access.roles.set(role.id, role);
  access.lastRole = Math.max(access.lastRole, role.id);
}

export function tokenIssued({ access, timeMs }: State, token: EventData['daybook.token.issued']): void {
  access.tokens.add({ ...token, isRevoked: false }, timeMs);
  if (token.byLogin) access.failures.delete(token.subject);
}
