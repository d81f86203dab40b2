import { randomUUID } from 'node:crypto';
import type { Json } from '#domain';
import type { Answer, Call, Client } from './client.js';
import { clientOf, kindOf } from './client.js';

export const PASSWORD = 'correct horse battery';

export interface Triple {
  readonly [key: string]: Json;
  readonly object_type: string;
  readonly action: string;
  readonly instance: string;
}

/** `object:action:instance`. */
export function triple(text: string): Triple {
  const [object_type, action, instance = '*'] = text.split(':') as [string, string, string?];
  return { object_type, action, instance };
}

/** Calls the RBAC API, for an administrator where no other token is given. */
export function accessOf(server: { readonly url: string; readonly token: string }) {
  const { call } = clientOf(server);
  const rbac = (method: string, path: string, options?: Call) => call(method, `/rbac-api/${path}`, options);

  async function expectStatus(status: number, answer: Promise<Answer>): Promise<Answer> {
    const got = await answer;
    expect([got.status, got.text]).toEqual([status, got.text]);
    return got;
  }

  const located = ({ headers }: Answer) => String(headers['location']).split('/').at(-1)!;

  /** A new user with a role of these permissions, and a token. */
  async function userNamed(login: string, email: string, display_name: string, ...permissions: readonly string[]) {
    const role = {
      display_name: `role of ${login}`,
      description: '',
      permissions: permissions.map(triple),
      user_ids: [],
    };
    const roleId = Number(located(await expectStatus(201, rbac('POST', 'v1/roles', { body: role }))));
    const user = { login, email, display_name, role_ids: [roleId], password: PASSWORD };
    const id = located(await expectStatus(201, rbac('POST', 'v1/users', { body: user })));
    return { id, login, roleId, role, token: await tokenFor(id) };
  }

  function userWith(...permissions: readonly string[]) {
    const login = `user-${randomUUID()}`;
    return userNamed(login, '', login, ...permissions);
  }

  async function tokenFor(user_id: string, more: Record<string, Json> = {}): Promise<string> {
    const answer = await expectStatus(200, rbac('POST', 'v1/tokens', { body: { user_id, ...more } }));
    return (answer.json as { token: string }).token;
  }

  const logIn = (login: string, password: string, more: Record<string, Json> = {}) =>
    rbac('POST', 'v1/auth/token', { body: { login, password, ...more }, token: null });

  return { rbac, userNamed, userWith, tokenFor, logIn, located };
}

export const refusal = (answer: Answer) => [answer.status, kindOf(answer)];

/** As `clientOf`, for somebody else. */
export const as = (server: { readonly url: string }, token: string): Client => clientOf({ url: server.url, token });
