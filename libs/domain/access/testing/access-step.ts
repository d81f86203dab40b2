import fc from 'fast-check';
import type { AccessCommand } from '../commands.js';

const user = fc.constantFrom('u', 'v', 'w');
const role = fc.integer({ min: 1, max: 4 });
const digest = fc.constantFrom('d1', 'd2', 'd3', 'd4');
const label = fc.option(fc.constantFrom('l', 'm'));

export const password = (text: string) => `$scrypt$salt$${text}`;

/** Any command about users, roles and tokens; the same few names come again and again. */
export const accessStep: fc.Arbitrary<AccessCommand> = fc.oneof(
  fc.record({
    type: fc.constant('create-user' as const),
    id: user,
    user: fc.record({
      login: user,
      email: fc.constant(''),
      display_name: fc.string(),
      role_ids: fc.uniqueArray(role, { maxLength: 2 }),
      password: fc.constantFrom('right', 'other').map(password),
    }),
  }),
  fc.record({
    type: fc.constant('update-user' as const),
    id: user,
    changes: fc.record(
      { display_name: fc.string(), is_revoked: fc.boolean(), role_ids: fc.uniqueArray(role) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('define-role' as const),
    id: fc.option(role),
    role: fc.record({
      display_name: fc.constantFrom('r', 's'),
      description: fc.string(),
      permissions: fc.constant([{ object_type: 'tasks', action: 'run', instance: 'echo' }]),
    }),
    users: fc.uniqueArray(user),
  }),
  fc.record({ type: fc.constant('delete-role' as const), id: role }),
  fc.record({
    type: fc.constant('issue-token' as const),
    subject: user,
    token: fc.record({
      digest,
      label,
      description: fc.constant(''),
      lifetimeS: fc.option(fc.integer({ min: 1, max: 200 })),
    }),
  }),
  fc.record({
    type: fc.constant('revoke-tokens' as const),
    digests: fc.uniqueArray(digest, { maxLength: 1 }),
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 1 }),
    labels: fc.constant([]),
    logins: fc.uniqueArray(user, { maxLength: 1 }),
  }),
  fc.record({ type: fc.constant('ask-salt' as const), login: user }),
  fc.record({
    type: fc.constant('log-in' as const),
    login: user,
    password: fc.constantFrom('right', 'wrong').map(password),
    token: fc.record({ digest, label, description: fc.constant(''), lifetimeS: fc.constant(60) }),
  }),
  fc.record({ type: fc.constant('authenticate' as const), digest }),
  fc.record({
    type: fc.constant('create-task-target' as const),
    target: fc.record({
      display_name: fc.string(),
      all_tasks: fc.boolean(),
      tasks: fc.constant(['echo']),
      nodes: fc.constant(['a']),
      node_groups: fc.constant([]),
      pql_query: fc.constant(null),
    }),
  }),
);
