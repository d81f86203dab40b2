import fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { History, iso, typesOf } from '../testing/given.js';
import { permissionsOf } from './actor.js';
import type { UserChanges } from './commands.js';
import { FAILURES_TO_LOCK, LOCKED_MS } from './log-in.js';
import { EVERYTHING, permission, permits } from './permission.js';
import type { Permission } from './permission.js';
import { accessStep, password } from './testing/access-step.js';
import { TOKENS_OF_A_SUBJECT } from './tokens.js';

const by = (subject: string) => ({ actor: `subject/${subject}` });

/** The reason of what is refused. */
function refusalOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return null;
}

class World extends History {
  user(id: string, role_ids: readonly number[] = [], actor = 'a') {
    const said = { login: id, email: '', display_name: id, role_ids };
    return this.when({ type: 'create-user', id, user: { ...said, password: password('right') } }, by(actor));
  }

  change(id: string, changes: UserChanges, actor = 'a') {
    return this.when({ type: 'update-user', id, changes }, by(actor));
  }

  role(name: string, permissions: readonly Permission[], users: readonly string[] = [], actor = 'a') {
    const role = { display_name: name, description: '', permissions };
    return this.when({ type: 'define-role', id: null, role, users }, by(actor));
  }

  token(subject: string, digest: string, lifetimeS: number | null = 60, label: string | null = null, actor = subject) {
    const token = { digest, label, description: '', lifetimeS };
    return this.when({ type: 'issue-token', subject, token }, by(actor));
  }

  revoke(names: { digests?: string[]; ids?: number[]; labels?: string[]; logins?: string[] }, actor: string) {
    const none = { digests: [], ids: [], labels: [], logins: [] };
    return this.when({ type: 'revoke-tokens', ...none, ...names }, by(actor));
  }

  whoIs(digest: string) {
    return this.answer({ type: 'authenticate', digest }, { actor: 'daybook' });
  }

  logIn(login: string, text: string, digest = `login-${this.events.length}`) {
    const token = { digest, label: null, description: '', lifetimeS: 60 };
    return this.answer({ type: 'log-in', login, password: password(text), token }, { actor: 'daybook' }).kind;
  }

  wait(ms: number) {
    this.nowMs += ms;
  }

  permissionsOf(id: string) {
    return permissionsOf(this.state, this.state.subjects.get(id));
  }
}

describe('a user', () => {
  it('is made with roles that exist, and no second one has the login', () => {
    const world = new World();
    world.role('Viewers', [permission('orchestrator', 'view')]);
    expect(typesOf(world.user('u', [2]))).toEqual(['subject.registered', 'subject.password-set']);
    expect(world.permissionsOf('u')).toEqual([permission('orchestrator', 'view')]);
    expect(refusalOf(() => world.user('u'))).toEqual({ code: 'name-taken', what: 'login', name: 'u' });
    expect(refusalOf(() => world.user('v', [3]))).toEqual({ code: 'unknown-role', id: 3 });
  });

  it('may do nothing when revoked, and has lost all tokens when let in again', () => {
    const world = new World();
    world.role('Runners', [permission('tasks', 'run')]);
    world.user('u', [2]);
    world.token('u', 'd');
    expect(typesOf(world.change('u', { is_revoked: true }))).toEqual(['subject.registered', 'token.revoked']);
    expect(world.permissionsOf('u')).toEqual([]);
    expect(refusalOf(() => world.whoIs('d'))).toEqual({ code: 'user-revoked', login: 'u' });
    expect(refusalOf(() => world.change('u', { email: 'x' }, 'u'))).toEqual({ code: 'user-revoked', login: 'u' });
    expect(refusalOf(() => world.token('u', 'e', 60, null, 'a'))).toEqual({ code: 'owner-revoked', login: 'u' });
    world.change('u', { is_revoked: false });
    expect(refusalOf(() => world.whoIs('d'))).toEqual({ code: 'token-revoked' });
  });

  it('changes the own name, and nothing else', () => {
    const world = new World();
    world.user('u');
    expect(typesOf(world.change('u', { display_name: 'U', login: 'u', role_ids: [] }, 'u'))).toEqual([
      'subject.registered',
    ]);
    for (const changes of [{ password: password('new') }, { login: 'x' }, { role_ids: [1] }, { is_revoked: true }]) {
      expect(refusalOf(() => world.change('u', changes, 'u'))).toMatchObject({ code: 'permission-denied' });
    }
    expect(refusalOf(() => world.change('a', { email: 'x' }, 'u'))).toMatchObject({ code: 'permission-denied' });
  });

  it('that is the administrator of the settings stays', () => {
    const world = new World();
    world.user('other', [1]);
    for (const changes of [{ is_revoked: true }, { login: 'x' }]) {
      expect(refusalOf(() => world.change('a', changes, 'other'))).toEqual({ code: 'built-in', what: 'user a' });
    }
    world.change('a', { role_ids: [] }, 'other');
    expect(world.permissionsOf('a')).toEqual([EVERYTHING]);
  });

  it('that registers again is as it was', () => {
    const world = new World();
    const known = world.state.subjects.get('a')!;
    expect(world.when({ type: 'register-subject', subject: { ...known, last_login: null, email: 'x' } })).toEqual([]);
  });
});

describe('a role', () => {
  it('is given to users and taken from them, each of whom is an event', () => {
    const world = new World();
    world.user('u');
    world.user('v');
    expect(typesOf(world.role('R', [], ['u', 'v']))).toEqual([
      'role.defined',
      'subject.registered',
      'subject.registered',
    ]);
    const role = { display_name: 'R', description: '', permissions: [] };
    expect(world.when({ type: 'define-role', id: 2, role, users: ['v'] })).toMatchObject([
      { type: 'daybook.subject.registered', data: { subject: { id: 'u', role_ids: [] } } },
    ]);
    expect(typesOf(world.when({ type: 'delete-role', id: 2 }))).toEqual(['role.deleted', 'subject.registered']);
    expect(refusalOf(() => world.when({ type: 'delete-role', id: 2 }))).toEqual({ code: 'unknown-role', id: 2 });
    world.role('R', []);
    expect([...world.state.access.roles.keys()]).toEqual([1, 3]);
  });

  it('has a name of its own', () => {
    const world = new World();
    world.role('R', []);
    expect(refusalOf(() => world.role('R', []))).toEqual({ code: 'name-taken', what: 'display_name', name: 'R' });
  });

  it('of administrators stays as it is, but for who has it', () => {
    const world = new World();
    world.user('u');
    const { id, ...role } = world.state.access.roles.get(1)!;
    expect(typesOf(world.when({ type: 'define-role', id, role, users: ['a', 'u'] }))).toEqual(['subject.registered']);
    const other = { ...role, permissions: [] };
    for (const command of [
      { type: 'define-role', id, role: other, users: [] },
      { type: 'delete-role', id },
    ] as const) {
      expect(refusalOf(() => world.when(command))).toEqual({ code: 'built-in', what: 'role 1' });
    }
  });
});

describe('somebody who manages users and roles', () => {
  const manager = [permission('users', 'edit'), permission('user_roles', 'edit'), permission('tasks', 'run', 'echo')];

  it('gives no more than what he has, and takes hold of nobody who has more', () => {
    const world = new World();
    world.role('Managers', manager);
    world.user('m', [2]);
    world.user('n');
    world.role('Runners', [permission('tasks', 'run', 'echo')], ['n'], 'm');
    const more = permission('tasks', 'run');
    const denied = { code: 'permission-denied', permission: more };
    expect(refusalOf(() => world.role('More', [more], [], 'm'))).toEqual(denied);
    world.role('More', [more], ['n']);
    expect(refusalOf(() => world.change('m', { role_ids: [2, 4] }, 'm'))).toEqual(denied);
    expect(refusalOf(() => world.user('o', [4], 'm'))).toEqual(denied);
    expect(refusalOf(() => world.change('n', { password: password('x') }, 'm'))).toEqual(denied);
    expect(refusalOf(() => world.token('n', 'd', 60, null, 'm'))).toEqual(denied);
    expect(refusalOf(() => world.user('o', [1], 'm'))).toMatchObject({ permission: EVERYTHING });
    expect(refusalOf(() => world.change('a', { password: password('x') }, 'm'))).toMatchObject({
      permission: EVERYTHING,
    });
  });

  it('cannot come to more by any sequence of commands', () => {
    fc.assert(
      fc.property(fc.array(accessStep, { maxLength: 30 }), (commands) => {
        const world = new World();
        world.role('Managers', manager);
        world.user('m', [2]);
        world.role('More', [permission('tasks', 'run')], []);
        const wanted = permission('tasks', 'run', 'other');
        for (const command of commands) {
          refusalOf(() => world.when(command, by('m')));
          const mightier = [...world.state.subjects.keys()].filter((id) => permits(world.permissionsOf(id), wanted));
          expect(mightier).toEqual(['a']);
        }
      }),
    );
  });
});

describe('a token', () => {
  it('stands for its subject until it expires', () => {
    const world = new World();
    world.user('u');
    world.token('u', 'd', 60);
    expect(world.whoIs('d')).toMatchObject({
      kind: 'authenticated',
      subject: { id: 'u' },
      expiresAt: iso(world.nowMs + 60_000),
    });
    world.wait(59_999);
    expect(world.whoIs('d')).toMatchObject({ kind: 'authenticated' });
    world.wait(1);
    expect(refusalOf(() => world.whoIs('d'))).toEqual({ code: 'token-expired' });
    expect(refusalOf(() => world.whoIs('e'))).toEqual({ code: 'invalid-token' });
  });

  it('without a lifetime lasts', () => {
    const world = new World();
    world.user('u');
    world.token('u', 'd', null);
    world.wait(50 * 365 * 86_400_000);
    expect(world.whoIs('d')).toMatchObject({ kind: 'authenticated', expiresAt: null });
  });

  it('is revoked by its owner by id, label or login, by whoever holds it, and by whoever may', () => {
    const world = new World();
    world.user('u');
    world.user('v');
    for (const digest of ['d1', 'd2', 'd3', 'd4', 'd5']) world.token('u', digest, 60, digest);
    expect(world.revoke({ ids: [1], labels: ['d1'] }, 'u')).toMatchObject([{ data: { id: 1 } }]);
    expect(refusalOf(() => world.whoIs('d1'))).toEqual({ code: 'token-revoked' });
    expect(world.revoke({ ids: [1] }, 'u')).toEqual([]);
    expect(world.revoke({ digests: ['d2'] }, 'v')).toMatchObject([{ data: { id: 2 } }]);
    expect(refusalOf(() => world.revoke({ ids: [3] }, 'v'))).toMatchObject({ code: 'permission-denied' });
    expect(refusalOf(() => world.revoke({ logins: ['u'] }, 'v'))).toMatchObject({ code: 'permission-denied' });
    expect(refusalOf(() => world.revoke({ labels: ['d3'] }, 'v'))).toMatchObject({ code: 'unknown-token' });
    world.role('Guards', [permission('tokens', 'revoke', 'u')], ['v']);
    expect(world.revoke({ ids: [3] }, 'v')).toMatchObject([{ data: { id: 3 } }]);
    expect(world.revoke({ logins: ['u'] }, 'v')).toMatchObject([{ data: { id: 4 } }, { data: { id: 5 } }]);
  });

  it('is revoked with all that are named beside it, or none is', () => {
    const world = new World();
    world.user('u');
    world.token('u', 'd');
    expect(refusalOf(() => world.revoke({ digests: ['d', 'e'] }, 'u'))).toMatchObject({ code: 'unknown-token' });
    expect(world.whoIs('d')).toMatchObject({ kind: 'authenticated' });
  });

  it('has a label that no other one in force of its subject has', () => {
    const world = new World();
    world.user('u');
    world.token('u', 'd', 60, 'l');
    const taken = { code: 'name-taken', what: 'label', name: 'l' };
    expect(refusalOf(() => world.token('u', 'e', 60, 'l'))).toEqual(taken);
    world.token('a', 'f', 60, 'l');
    world.wait(60_000);
    world.token('u', 'e', 60, 'l');
  });

  it('takes the place of the oldest that is worth nothing any more, where there are many', () => {
    const world = new World();
    world.user('u');
    for (let i = 0; i < TOKENS_OF_A_SUBJECT; i++) world.token('u', `d${i}`, i < 2 ? 60 : null);
    expect(refusalOf(() => world.token('u', 'more'))).toMatchObject({ code: 'too-many-tokens' });
    world.wait(60_000);
    world.token('u', 'more');
    expect(refusalOf(() => world.whoIs('d0'))).toEqual({ code: 'invalid-token' });
    expect(refusalOf(() => world.whoIs('d1'))).toEqual({ code: 'token-expired' });
    expect(world.whoIs('more')).toMatchObject({ kind: 'authenticated' });
  });
});

describe('a login', () => {
  it('issues a token and is the last login', () => {
    const world = new World();
    world.user('u');
    expect(world.logIn('u', 'right', 'd')).toBe('token-issued');
    expect(world.whoIs('d')).toMatchObject({ subject: { id: 'u', last_login: iso(world.nowMs) } });
  });

  it('fails alike whatever is wrong', () => {
    const world = new World();
    world.user('u');
    world.user('revoked');
    world.change('revoked', { is_revoked: true });
    const answers = [world.logIn('u', 'wrong'), world.logIn('nobody', 'right'), world.logIn('revoked', 'right')];
    expect(answers).toEqual(['login-failed', 'login-failed', 'login-failed']);
    expect(world.logIn('a', 'right')).toBe('login-failed');
  });

  it('is locked by ten wrong passwords in a row, also for the right one, for a quarter of an hour', () => {
    const world = new World();
    world.user('u');
    for (let i = 0; i < FAILURES_TO_LOCK; i++) world.logIn('u', 'wrong');
    const before = world.events.length;
    expect(world.logIn('u', 'right')).toBe('login-failed');
    world.wait(LOCKED_MS - 1);
    expect(world.logIn('u', 'right')).toBe('login-failed');
    expect(world.events).toHaveLength(before);
    world.wait(1);
    expect(world.logIn('u', 'wrong')).toBe('login-failed');
    expect(world.logIn('u', 'right')).toBe('token-issued');
  });

  it('is not locked by wrong passwords between right ones', () => {
    const world = new World();
    world.user('u');
    for (let i = 0; i < 5 * FAILURES_TO_LOCK; i++) world.logIn('u', i % FAILURES_TO_LOCK === 0 ? 'right' : 'wrong');
    expect(world.logIn('u', 'right')).toBe('token-issued');
  });

  it('lets through no more guesses than ten in any quarter of an hour', () => {
    const guesses = fc.array(fc.integer({ min: 0, max: LOCKED_MS / 4 }), { maxLength: 80 });
    fc.assert(
      fc.property(guesses, (pauses) => {
        const world = new World();
        world.user('u');
        const failedAt: number[] = [];
        for (const pause of pauses) {
          world.wait(pause);
          const before = world.events.length;
          world.logIn('u', 'wrong');
          if (world.events.length > before) failedAt.push(world.nowMs);
        }
        failedAt.forEach((ms, index) => {
          const eleventh = failedAt[index + FAILURES_TO_LOCK];
          if (index % FAILURES_TO_LOCK === FAILURES_TO_LOCK - 1 && failedAt[index + 1] !== undefined) {
            expect(failedAt[index + 1]! - ms).toBeGreaterThanOrEqual(LOCKED_MS);
          }
          if (eleventh !== undefined) expect(eleventh - ms).toBeGreaterThanOrEqual(LOCKED_MS);
        });
      }),
    );
  });

  it('is unlocked by a new password', () => {
    const world = new World();
    world.user('u');
    for (let i = 0; i < FAILURES_TO_LOCK; i++) world.logIn('u', 'wrong');
    world.change('u', { password: password('new') });
    expect(world.logIn('u', 'new')).toBe('token-issued');
  });

  it('is told the salt and never the hash', () => {
    const world = new World();
    world.user('u');
    const ask = (login: string) => world.answer({ type: 'ask-salt', login }, { actor: 'daybook' });
    expect(ask('u')).toEqual({ kind: 'salt', salt: '$scrypt$salt$' });
    expect(ask('nobody')).toEqual({ kind: 'salt', salt: null });
  });
});
