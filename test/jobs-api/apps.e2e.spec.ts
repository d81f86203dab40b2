import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '#domain';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { clientOf } from '../api/client.js';
import { startApp } from '../callbacks/app.js';
import type { TestApp } from '../callbacks/app.js';
import type { Call } from './client.js';
import { callerOf, errorOf } from './client.js';

let app: TestApp;
let server: TestServer;
let call: Call;
let close: () => Promise<void>;
beforeAll(async () => {
  app = await startApp();
  server = await startServer({
    env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_APPS: 'configured=http://127.0.0.1:1|http://127.0.0.1:2' },
  });
  ({ call, close } = callerOf(server));
});
afterAll(async () => {
  await close?.();
  await server?.stop();
  await app?.kill();
});

const CONFIGURED = {
  id: 'configured',
  addresses: ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
  hasToken: false,
  natsKey: null,
  callsAtOnce: 64,
  source: 'settings',
};

const asAdmin = (method: string, path: string, body?: Json) =>
  call(method, path, { headers: { 'x-authentication': server.token }, ...(body !== undefined && { body }) });

describe('apps', () => {
  it('are listed with those of the settings, and shown alone', async () => {
    const put = await asAdmin('PUT', '/v1.0/apps/alpha', {
      addresses: ['https://alpha.example.com/x'],
      callsAtOnce: 2,
    });
    const alpha = {
      id: 'alpha',
      addresses: ['https://alpha.example.com/x'],
      hasToken: false,
      natsKey: null,
      callsAtOnce: 2,
      source: 'api',
    };
    expect([put.status, put.json]).toEqual([200, alpha]);
    expect((await asAdmin('GET', '/v1.0/apps')).json).toEqual({ apps: [alpha, CONFIGURED] });
    expect((await asAdmin('GET', '/v1.0/apps/alpha')).json).toEqual(alpha);
    expect((await asAdmin('GET', '/v1.0/apps/configured')).json).toEqual(CONFIGURED);
    expect((await asAdmin('DELETE', '/v1.0/apps/alpha')).status).toBe(204);
  });

  it('go before the settings until they are deleted', async () => {
    await asAdmin('PUT', '/v1.0/apps/configured', { addresses: [] });
    expect((await asAdmin('GET', '/v1.0/apps/configured')).json).toMatchObject({ addresses: [], source: 'api' });
    expect((await asAdmin('DELETE', '/v1.0/apps/configured')).status).toBe(204);
    expect((await asAdmin('GET', '/v1.0/apps/configured')).json).toEqual(CONFIGURED);
    expect(errorOf(await asAdmin('DELETE', '/v1.0/apps/configured'))).toMatchObject({
      status: 404,
      errorCode: 'DAYBOOK_UNKNOWN_APP',
    });
    expect(errorOf(await asAdmin('GET', '/v1.0/apps/nosuch')).status).toBe(404);
  });

  it('have tokens that reach them, and are shown and kept nowhere', async () => {
    const token = 'S3CRET-token-of-an-app';
    const put = await asAdmin('PUT', '/v1.0/apps/sealed', { addresses: [app.url], token });
    expect(put.json).toMatchObject({ hasToken: true });
    await call('POST', '/v1.0/jobs/now', { app: 'sealed', body: { dueTime: '0s' } });
    await app.untilReceived(1);
    expect(app.received[0]!.headers['dapr-api-token']).toBe(token);
    const shown = [put.text, (await asAdmin('GET', '/v1.0/apps')).text, server.lines.join()];
    expect(shown.filter((text) => text.includes(token))).toEqual([]);
    const files = globSync(join(server.dataDir, '**')).filter((path) => statSync(path).isFile());
    expect(files.filter((path) => readFileSync(path).includes(token))).toEqual([]);
  });

  it.each<[Json, string]>([
    [{}, 'addresses is missing'],
    [{ addresses: ['ftp://x'] }, "addresses[0] is 'ftp://x', expected an http or https URL"],
    [{ addresses: ['http://user:word@x'] }, 'addresses[0] is '],
    [{ addresses: ['http://x?y'] }, 'addresses[0] is '],
    [{ addresses: ['http://x#y'] }, 'addresses[0] is '],
    [{ addresses: [], callsAtOnce: 1001 }, 'callsAtOnce is 1001'],
    [{ addresses: [], natsKey: 'x' }, "natsKey is 'x'"],
    ['{', 'The body is not JSON'],
  ])('are refused as %j', async (body, message) => {
    const error = errorOf(await asAdmin('PUT', '/v1.0/apps/wrong', body));
    expect(error).toMatchObject({ status: 400, errorCode: 'ERR_MALFORMED_REQUEST' });
    expect(error.message).toContain(message);
  });

  it('have names that headers may have', async () => {
    expect(errorOf(await asAdmin('PUT', '/v1.0/apps/a%20b', { addresses: [] })).status).toBe(400);
  });
});

describe('an administrator', () => {
  const paths = [
    ['GET', '/v1.0/apps'],
    ['GET', '/v1.0/apps/alpha'],
    ['PUT', '/v1.0/apps/alpha'],
    ['DELETE', '/v1.0/apps/alpha'],
  ] as const;
  const ask = (method: string, path: string, headers: Record<string, string>) =>
    call(method, path, { headers, ...(method === 'PUT' && { body: { addresses: [] } }) });

  it.each(paths)('is asked for by %s %s', async (method, path) => {
    expect(errorOf(await ask(method, path, {}))).toMatchObject({ status: 401, errorCode: 'ERR_USER_UNAUTHENTICATED' });
    expect(errorOf(await ask(method, path, { 'x-authentication': 'wrong' }))).toMatchObject({
      status: 401,
      errorCode: 'ERR_INVALID_TOKEN',
    });
  });

  it('may show his token as bearer too', async () => {
    expect((await call('GET', '/v1.0/apps', { headers: { authorization: `Bearer ${server.token}` } })).status).toBe(
      200,
    );
  });

  it('is nobody who may less', async () => {
    const client = clientOf(server);
    const post = (path: string, body: Json) => client.call('POST', `/rbac-api/v1/${path}`, { body });
    await post('users', { login: 'kate', email: '', display_name: 'Kate', role_ids: [], password: 'a-long-password' });
    const { json } = await client.call('POST', '/rbac-api/v1/auth/token', {
      body: { login: 'kate', password: 'a-long-password' },
      token: null,
    });
    const { token } = json as { token: string };
    for (const [method, path] of paths) {
      expect(errorOf(await ask(method, path, { 'x-authentication': token }))).toMatchObject({
        status: 403,
        errorCode: 'ERR_NOT_PERMITTED',
      });
    }
  });
});
