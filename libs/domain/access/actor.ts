import type { CommandMeta } from '../command.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { Subject } from '../subject/events.js';
import { EVERYTHING, permits } from './permission.js';
import type { Permission } from './permission.js';

/** Who gives a command, and what he may do. */
export interface Actor {
  /** Id of the subject; null: Daybook itself, or an agent. */
  readonly subject: string | null;
  readonly permissions: readonly Permission[];
}

const SUBJECT = 'subject/';

/** @throws Refusal when the subject is revoked */
export function actorOf(state: State, { actor }: Pick<CommandMeta, 'actor'>): Actor {
  if (!actor.startsWith(SUBJECT)) return { subject: null, permissions: [EVERYTHING] };
  const id = actor.slice(SUBJECT.length);
  const subject = state.subjects.get(id);
  if (subject?.is_revoked) throw new Refusal({ code: 'user-revoked', login: subject.login });
  return { subject: id, permissions: permissionsOf(state, subject) };
}

/** What a subject may do at present; nothing where it is not known or revoked. */
export function permissionsOf({ access }: State, subject: Subject | undefined): readonly Permission[] {
  if (!subject || subject.is_revoked) return [];
  if (subject.is_superuser) return [EVERYTHING];
  const roles = [...subject.role_ids, ...subject.inherited_role_ids];
  return roles.flatMap((id) => access.roles.get(id)?.permissions ?? []);
}

/** @throws Refusal when the actor may not do it with users, roles and tokens */
export function demand(actor: Actor, wanted: Permission): void {
  if (!permits(actor.permissions, wanted)) throw new Refusal({ code: 'permission-denied', permission: wanted });
}

/**
 * Nobody gets more by what he does with users and roles than he has: neither gives it to anybody, nor takes hold of
 * somebody who has more.
 * @throws Refusal when the actor lacks one of the permissions
 */
export function demandAll(actor: Actor, wanted: readonly Permission[]): void {
  for (const permission of wanted) demand(actor, permission);
}
