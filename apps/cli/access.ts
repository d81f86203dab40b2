import { Command } from 'commander';
import type { Permission, Role, Subject } from '#domain';
import type { Api } from './api.js';
import { columns } from './columns.js';
import { passwordOnInput } from './password.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';
import { WrongUse } from './wrong-use.js';

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
    .description('Lets somebody have tokens, and log in where there is a password.')
    .option('--email <address>', 'e-mail address', '')
    .option('--display-name <name>', 'name for people; the login where it is left out')
    .option('--role <role...>', 'ids or names of roles', [])
    .option('--password-stdin', 'read a password from standard input')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access user create kate --role Echoers')
    .action(async (login: string, options: CreateUserOptions) => {
      const { email, displayName = login, role, passwordStdin } = options;
      const role_ids = role.length === 0 ? [] : idsOf(role, await api.call('GET', '/rbac-api/v1/roles'));
      const password = passwordStdin ? { password: await passwordOnInput() } : {};
      const body = { login, email, display_name: displayName, role_ids, ...password };
      await api.call('POST', '/rbac-api/v1/users', body);
      show(say, options, { login }, () => [`user ${login} is there`]);
    });
  user
    .command('revoke <login>')
    .description('Takes everything from a user: permissions and tokens.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access user revoke kate')
    .action(async (login: string, options: JsonOption) => {
      const { id } = await userOf(api, login);
      await api.call('PUT', `/rbac-api/v1/users/${id}`, { is_revoked: true });
      show(say, options, { revoked: login }, () => [`user ${login} may do nothing any more, and has no token`]);
    });
  user
    .command('list')
    .description('Lists the users.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access user list')
    .action(async (options: JsonOption) => {
      const users = await api.call<readonly Subject[]>('GET', '/rbac-api/v1/users');
      show(say, options, users, () => userTable(users));
    });
  return user;
}

const userTable = (users: readonly Subject[]) =>
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
  );

interface CreateUserOptions extends JsonOption {
  readonly email: string;
  readonly displayName?: string;
  readonly role: readonly string[];
  readonly passwordStdin?: true;
}

function roleCommands(api: Api, say: Say): Command {
  const role = new Command('role').description('Roles, which are permissions that users get together.');
  role
    .command('create <name>')
    .description('Gives a name to permissions.')
    .option('--description <text>', 'what it is for', '')
    .option('--permission <object:action:instance...>', 'what it allows, * for all', [])
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nExample: daybook access role create Echoers --permission orchestrator:view:\\* tasks:run:echo',
    )
    .action(async (name: string, { description, permission, ...options }: CreateRoleOptions) => {
      const permissions = permission.map(permissionOf);
      await api.call('POST', '/rbac-api/v1/roles', { display_name: name, description, permissions, user_ids: [] });
      show(say, options, { role: name }, () => [`role ${name} is there`]);
    });
  role
    .command('list')
    .description('Lists the roles and what they allow.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access role list')
    .action(async (options: JsonOption) => {
      const roles = await api.call<readonly ShownRole[]>('GET', '/rbac-api/v1/roles');
      show(say, options, roles, () => roleTable(roles));
    });
  return role;
}

function roleTable(roles: readonly ShownRole[]) {
  const written = ({ object_type, action, instance }: Permission) => `${object_type}:${action}:${instance}`;
  return columns(
    ['id', 'name', 'users', 'permissions'],
    roles.map((one) => [one.id, one.display_name, one.user_ids.length, one.permissions.map(written).join(' ')]),
  );
}

interface CreateRoleOptions extends JsonOption {
  readonly description: string;
  readonly permission: readonly string[];
}

function tokenCommands(api: Api, say: Say): Command {
  const token = new Command('token').description('Tokens, which let programs in.');
  token
    .command('create')
    .description('Prints a token, which is not shown again.')
    .requiredOption('--user <login>', 'whom it stands for')
    .option('--lifetime <time>', 'like 30d or 12h; 0: until it is revoked')
    .option('--label <text>', 'to know it again by')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access token create --user kate --lifetime 30d --label laptop')
    .action(async ({ user, lifetime, label, ...options }: CreateTokenOptions) => {
      const { id } = await userOf(api, user);
      const made = await api.call<{ token: string }>('POST', '/rbac-api/v1/tokens', { user_id: id, lifetime, label });
      show(say, options, made, () => [made.token]);
    });
  token
    .command('list')
    .description('Lists the tokens, without what they are.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access token list')
    .action(async (options: JsonOption) => {
      const answer = await api.call<{ items: readonly ShownToken[] }>('GET', '/rbac-api/v1/tokens');
      show(say, options, answer, () => tokenTable(answer.items));
    });
  token
    .command('revoke <id>')
    .description('Lets nobody in any more with a token.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook access token revoke 1')
    .action(async (id: string, options: JsonOption) => {
      await api.call('DELETE', '/rbac-api/v2/tokens', { revoke_tokens_by_ids: [id] });
      show(say, options, { revoked: id }, () => [`token ${id} lets nobody in any more`]);
    });
  return token;
}

const tokenTable = (tokens: readonly ShownToken[]) =>
  columns(
    ['id', 'user', 'label', 'created', 'expires', 'revoked'],
    tokens.map((one) => [one.id, one.login, one.label, one.creation, one.expiration, one.revocation]),
  );

interface CreateTokenOptions extends JsonOption {
  readonly user: string;
  readonly lifetime?: string;
  readonly label?: string;
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
  throw new WrongUse(`permission is '${text}', expected object:action:instance like tasks:run:echo`);
}
