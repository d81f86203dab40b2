import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { Subject } from '../subject/events.js';
import { demand, demandAll, permissionsOf } from './actor.js';
import type { Actor } from './actor.js';
import type { AccessCommandOf, UserChanges } from './commands.js';
import { permission } from './permission.js';
import { isInForce } from './tokens.js';

/** Makes a user of Daybook's own, who can log in once there is a password. */
export function createUser(state: State, { id, user }: AccessCommandOf<'create-user'>, actor: Actor): Decision {
  demand(actor, permission('users', 'edit', id));
  const { password, ...said } = user;
  demandRoles(state, actor, said.role_ids);
  checkLogin(state, said.login);
  const subject: Subject = {
    id,
    ...said,
    is_superuser: false,
    is_remote: false,
    is_group: false,
    is_revoked: false,
    last_login: null,
    inherited_role_ids: [],
    group_ids: [],
  };
  return { events: [registered(subject), ...passwordSet(id, password)], answer: DONE };
}

/** Changes what is said of a user. Who is revoked loses all tokens too. */
export function updateUser(
  state: State,
  command: AccessCommandOf<'update-user'>,
  actor: Actor,
  nowMs: number,
): Decision {
  const present = subjectOr404(state, command.id);
  const { password, ...said } = command.changes;
  demandChanges(state, present, command.changes, actor);
  if (said.login !== undefined && said.login !== present.login) checkLogin(state, said.login);
  const subject: Subject = { ...present, ...said };
  const hasChanged = JSON.stringify(subject) !== JSON.stringify(present);
  return {
    events: [
      ...(hasChanged ? [registered(subject)] : []),
      ...passwordSet(subject.id, password),
      ...(subject.is_revoked ? tokensRevoked(state, subject.id, nowMs) : []),
    ],
    answer: DONE,
  };
}

/** What anybody may change of oneself: no password, with which a borrowed token would become an account. */
const OWN: ReadonlySet<string> = new Set<keyof UserChanges>(['email', 'display_name']);

function demandChanges(state: State, present: Subject, changes: UserChanges, actor: Actor): void {
  const isChanged = (key: keyof UserChanges) =>
    key === 'password' || JSON.stringify(changes[key]) !== JSON.stringify(present[key]);
  const changed = (Object.keys(changes) as (keyof UserChanges)[]).filter(isChanged);
  if (actor.subject !== present.id || changed.some((key) => !OWN.has(key))) {
    demand(actor, permission('users', 'edit', present.id));
    demandAll(actor, permissionsOf(state, { ...present, is_revoked: false }));
  }
  const [before, after] = [new Set(present.role_ids), new Set(changes.role_ids ?? present.role_ids)];
  demandRoles(state, actor, [...before.symmetricDifference(after)]);
  if (present.is_superuser && (changes.is_revoked || changed.includes('login'))) {
    throw new Refusal({ code: 'built-in', what: `user ${present.login}` });
  }
}

/** @throws Refusal when the actor may not give and take these roles, or one is not known */
function demandRoles(state: State, actor: Actor, ids: readonly number[]): void {
  for (const id of ids) {
    const role = state.access.roles.get(id);
    if (!role) throw new Refusal({ code: 'unknown-role', id });
    demand(actor, permission('user_roles', 'edit', String(id)));
    demandAll(actor, role.permissions);
  }
}

function checkLogin(state: State, login: string): void {
  if (subjectOfLogin(state, login)) throw new Refusal({ code: 'name-taken', what: 'login', name: login });
}

export function subjectOfLogin(state: State, login: string): Subject | undefined {
  return state.subjects.values().find((subject) => subject.login === login);
}

export function subjectOr404(state: State, id: string): Subject {
  const subject = state.subjects.get(id);
  if (!subject) throw new Refusal({ code: 'unknown-user', user: id });
  return subject;
}

export function registered(subject: Subject): DomainEvent {
  return { type: 'daybook.subject.registered', data: { subject } };
}

function passwordSet(id: string, password: string | undefined): DomainEvent[] {
  return password === undefined ? [] : [{ type: 'daybook.subject.password-set', data: { id, password } }];
}

function tokensRevoked({ access }: State, subject: string, nowMs: number): DomainEvent[] {
  const inForce = access.tokens.of(subject).filter((token) => isInForce(token, nowMs));
  return inForce.map(({ id }) => ({ type: 'daybook.token.revoked', data: { id } }));
}
