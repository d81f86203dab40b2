import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { Permission, Role, Subject } from '#domain';
import type { Api } from './api.js';
import { columns } from './columns.js';

type Say = (line: string) => unknown;
type ShownRole = Role & { readonly user_ids: readonly string[] };

interface ShownToken {
  readonly id: number;
  readonly login: string;
  readonly label: string | null;
  readonly creation: string;
  readonly expiration: string | null;
  readonly revocation: string | null;
}

/** `daybook access …`: users, roles and tokens. */
export function accessCommands(api: Api, say: Say): Command {
  return new Command('access')
    .description('Who may do what.')
    .addCommand(userCommands(api, say))
    .addCommand(roleCommands(api, say))
    .addCommand(tokenCommands(api, say));
}

function userCommands(api: Api, say: Say): Command {
  const user = new Command('user').description('Users, who log in or have tokens.');
  user
    .command('create <login>')
    .option('--email <address>', 'e-mail address', '')
    .option('--display-name <name>', 'name for people; the login where it is left out')
    .option('--role <role...>', 'ids or names of roles', [])
    .option('--password-stdin', 'read a password from standard input')
    .action(async (login: string, options: CreateUserOptions) => {
      const { email, displayName = login, role, passwordStdin } = options;
      const role_ids = role.length === 0 ? [] : idsOf(role, await api.call('GET', '/rbac-api/v1/roles'));
      const password = passwordStdin ? { password: (await text(process.stdin)).replace(/\r?\n$/, '') } : {};
      const body = { login, email, display_name: displayName, role_ids, ...password };
      await api.call('POST', '/rbac-api/v1/users', body);
      say(`user ${login} is there`);
    });
  user.command('revoke <login>').action(async (login: string) => {
    const { id } = await userOf(api, login);
    await api.call('PUT', `/rbac-api/v1/users/${id}`, { is_revoked: true });
    say(`user ${login} may do nothing any more, and has no token`);
  });
  user.command('list').action(async () => {
    const users = await api.call<readonly Subject[]>('GET', '/rbac-api/v1/users');
    columns(
      ['login', 'display name', 'roles', 'revoked', 'last login', 'id'],
      users.map((one) => [
        one.login,
        one.display_name,
        one.is_superuser ? 'all' : one.role_ids.join(','),
        one.is_revoked ? 'yes' : 'no',
        one.last_login,
        one.id,
      ]),
    ).forEach((line) => say(line));
  });
  return user;
}

interface CreateUserOptions {
  readonly email: string;
  readonly displayName?: string;
  readonly role: readonly string[];
  readonly passwordStdin?: true;
}

function roleCommands(api: Api, say: Say): Command {
  const role = new Command('role').description('Roles, which are permissions that users get together.');
  role
    .command('create <name>')
    .option('--description <text>', 'what it is for', '')
    .option('--permission <object:action:instance...>', 'what it allows, * for all', [])
    .action(async (name: string, { description, permission }: { description: string; permission: string[] }) => {
      const permissions = permission.map(permissionOf);
      await api.call('POST', '/rbac-api/v1/roles', { display_name: name, description, permissions, user_ids: [] });
      say(`role ${name} is there`);
    });
  role.command('list').action(async () => {
    const roles = await api.call<readonly ShownRole[]>('GET', '/rbac-api/v1/roles');
    const written = ({ object_type, action, instance }: Permission) => `${object_type}:${action}:${instance}`;
    columns(
      ['id', 'name', 'users', 'permissions'],
      roles.map((one) => [one.id, one.display_name, one.user_ids.length, one.permissions.map(written).join(' ')]),
    ).forEach((line) => say(line));
  });
  return role;
}

function tokenCommands(api: Api, say: Say): Command {
  const token = new Command('token').description('Tokens, which let programs in.');
  token
    .command('create')
    .requiredOption('--user <login>', 'whom it stands for')
    .option('--lifetime <time>', 'like 30d or 12h; 0: until it is revoked')
    .option('--label <text>', 'to know it again by')
    .action(async ({ user, ...said }: { user: string; lifetime?: string; label?: string }) => {
      const { id } = await userOf(api, user);
      const made = await api.call<{ token: string }>('POST', '/rbac-api/v1/tokens', { user_id: id, ...said });
      say(made.token);
    });
  token.command('list').action(async () => {
    const { items } = await api.call<{ items: readonly ShownToken[] }>('GET', '/rbac-api/v1/tokens');
    columns(
      ['id', 'user', 'label', 'created', 'expires', 'revoked'],
      items.map((one) => [one.id, one.login, one.label, one.creation, one.expiration, one.revocation]),
    ).forEach((line) => say(line));
  });
  token.command('revoke <id>').action(async (id: string) => {
    await api.call('DELETE', '/rbac-api/v2/tokens', { revoke_tokens_by_ids: [id] });
    say(`token ${id} lets nobody in any more`);
  });
  return token;
}

async function userOf(api: Api, login: string): Promise<Subject> {
  const users = await api.call<readonly Subject[]>('GET', '/rbac-api/v1/users');
  const user = users.find((one) => one.login === login);
  if (!user) throw new Error(`there is no user ${login}, expected one of ${users.map((one) => one.login).join(', ')}`);
  return user;
}

function idsOf(named: readonly string[], roles: readonly Role[]): number[] {
  return named.map((name) => {
    const role = roles.find(({ id, display_name }) => display_name === name || String(id) === name);
    if (role) return role.id;
    throw new Error(`there is no role ${name}, expected one of ${roles.map((one) => one.display_name).join(', ')}`);
  });
}

/** An instance may have colons itself, as names of tasks do. */
function permissionOf(text: string): Permission {
  const [, object_type, action, instance] = /^([^:]+):([^:]+):(.+)$/.exec(text) ?? [];
  if (object_type && action && instance) return { object_type, action, instance };
  throw new Error(`permission is '${text}', expected object:action:instance like tasks:run:echo`);
}
