import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { Subject } from '../subject/events.js';
import { ADMINISTRATORS } from './access.js';
import { demand, demandAll } from './actor.js';
import type { Actor } from './actor.js';
import type { AccessCommandOf } from './commands.js';
import type { Role } from './events.js';
import { permission } from './permission.js';
import { registered, subjectOr404 } from './users.js';

/** Says what a role allows, and who has it. */
export function defineRole(state: State, command: AccessCommandOf<'define-role'>, actor: Actor): Decision {
  const id = command.id ?? state.access.lastRole + 1;
  const role: Role = { id, ...command.role };
  const present = command.id === null ? null : roleOr404(state, command.id);
  demandRole(actor, id, [...role.permissions, ...(present?.permissions ?? [])]);
  const isSame = present !== null && JSON.stringify(present) === JSON.stringify(role);
  if (id === ADMINISTRATORS.id && !isSame) throw new Refusal({ code: 'built-in', what: `role ${id}` });
  const namesake = state.access.roles.values().find((one) => one.display_name === role.display_name);
  if (namesake && namesake.id !== id) {
    throw new Refusal({ code: 'name-taken', what: 'display_name', name: role.display_name });
  }
  const events: DomainEvent[] = isSame ? [] : [{ type: 'daybook.role.defined', data: role }];
  return { events: [...events, ...given(state, id, command.users)], answer: { kind: 'role-defined', role: id } };
}

/** Takes a role from all who have it, and forgets it. */
export function deleteRole(state: State, { id }: AccessCommandOf<'delete-role'>, actor: Actor): Decision {
  const role = roleOr404(state, id);
  demandRole(actor, id, role.permissions);
  if (id === ADMINISTRATORS.id) throw new Refusal({ code: 'built-in', what: `role ${id}` });
  return { events: [{ type: 'daybook.role.deleted', data: { id } }, ...given(state, id, [])], answer: DONE };
}

function demandRole(actor: Actor, id: number, permissions: Role['permissions']): void {
  demand(actor, permission('user_roles', 'edit', String(id)));
  demandAll(actor, permissions);
}

function roleOr404({ access }: State, id: number): Role {
  const role = access.roles.get(id);
  if (!role) throw new Refusal({ code: 'unknown-role', id });
  return role;
}

/** Gives a role to these users and takes it from all others. */
function given(state: State, role: number, users: readonly string[]): DomainEvent[] {
  const wanted = new Set(users.map((id) => subjectOr404(state, id).id));
  const changed = [...state.subjects.values()].filter(({ id, role_ids }) => role_ids.includes(role) !== wanted.has(id));
  return changed.map((subject) => registered({ ...subject, role_ids: toggled(subject, role) }));
}

function toggled({ role_ids }: Subject, role: number): readonly number[] {
  return role_ids.includes(role) ? role_ids.filter((id) => id !== role) : [...role_ids, role];
}
