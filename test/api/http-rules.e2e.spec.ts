import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo, kindOf } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
});
afterAll(() => server?.stop());

describe('authentication', () => {
  const UNAUTHENTICATED = { kind: 'puppetlabs.rbac/user-unauthenticated', msg: 'Route requires authentication' };

  it.each([
    ['GET', '/orchestrator/v1/jobs'],
    ['GET', '/orchestrator/v1/jobs/1/nodes'],
    ['DELETE', '/orchestrator/v1/scheduled_jobs/1'],
    ['POST', '/orchestrator/v1/command/task'],
    ['GET', '/orchestrator/v1/nosuch'],
    ['GET', '/%6frchestrator/v1/jobs'],
    ['PUT', '/orchestrator/v1/jobs'],
  ])('is asked for by %s %s', async (method, path) => {
    const answer = await client.call(method, path, { token: null });
    expect(answer.json).toEqual(UNAUTHENTICATED);
    expect(answer.status).toBe(401);
  });

  it('is asked for before a body is read', async () => {
    const answer = await client.post('task', '{', { token: null });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['a wrong', 'wrong'],
    ['a long', 'x'.repeat(5000)],
  ])('does not know %s token', async (_what, token) => {
    const answer = await client.get('jobs', { token });
    expect(kindOf(answer)).toBe('puppetlabs.rbac/invalid-token');
    expect(answer.status).toBe(401);
  });

  it('takes the token from the query too', async () => {
    expect((await client.get(`jobs?token=${server.token}`, { token: null })).status).toBe(200);
    expect((await client.get('jobs?token=wrong', { token: null })).status).toBe(401);
    expect((await client.get(`jobs?token=${server.token}&token=b`, { token: null })).status).toBe(401);
  });

  it.each([
    '/healthz',
    '/readyz',
    '/status/v1/simple',
    '/status/v1/services',
    '/openapi.json',
    '/docs',
    '/schemas/daybook.job.created/1',
  ])('is not asked for by %s', async (path) => {
    expect((await client.call('GET', path, { token: null })).status).toBe(200);
  });
});

describe('the health routes', () => {
  it('say that the service runs', async () => {
    expect((await client.call('GET', '/status/v1/simple')).text).toBe('running');
    expect((await client.call('GET', '/status/v1/simple/orchestrator-service')).text).toBe('running');
    expect((await client.call('GET', '/status/v1/services')).json).toMatchObject({
      'orchestrator-service': { service_status_version: 1, detail_level: 'info', state: 'running', active_alerts: [] },
    });
  });

  it('do not know another service', async () => {
    const answer = await client.call('GET', '/status/v1/simple/nosuch');
    expect([answer.status, answer.text]).toEqual([404, 'not found: nosuch']);
  });
});

describe('a request that no route takes', () => {
  it.each(['/', '/nosuch', '/orchestrator/v1/nosuch', '/orchestrator/v1/jobs/1/nosuch', '/orchestrator/v1/command'])(
    'is told that nothing answers at %s',
    async (path) => {
      const answer = await client.call('GET', path);
      expect(kindOf(answer)).toBe('daybook/unknown-route');
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    ['PUT', '/orchestrator/v1/jobs', 'GET, HEAD'],
    ['GET', '/orchestrator/v1/command/task', 'POST'],
    ['POST', '/orchestrator/v1/scheduled_jobs/1', 'DELETE'],
    ['DELETE', '/healthz', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['PUT', '/docs', 'GET, HEAD'],
  ])('is told which methods %s %s allows', async (method, path, allow) => {
    const answer = await client.call(method, path);
    expect(kindOf(answer)).toBe('daybook/method-not-allowed');
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
  });

  it('is told that its URL cannot be decoded', async () => {
    const answer = await client.call('GET', '/orchestrator/v1/jobs/%zz');
    expect(kindOf(answer)).toBe('puppetlabs.orchestrator/validation-error');
    expect(answer.status).toBe(400);
  });
});

describe('a body', () => {
  it('is refused above 4 MiB', async () => {
    const answer = await client.post('task', { padding: 'x'.repeat(5 * 1024 * 1024) });
    expect(kindOf(answer)).toBe('daybook/body-too-large');
    expect(answer.status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'nonsense'])('is refused as %s', async (type) => {
    const answer = await client.post('task', JSON.stringify(echo()), { headers: { 'content-type': type } });
    expect(kindOf(answer)).toBe('daybook/unsupported-media-type');
    expect(answer.status).toBe(415);
  });

  it('is taken as JSON with a charset', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect((await client.post('task', echo(), { headers })).status).toBe(202);
  });

  it.each(['application/json', 'text/plain', 'nonsense'])('that is not there may have the type %s', async (type) => {
    const headers = { 'content-type': type };
    expect((await client.get('jobs', { headers })).status).toBe(200);
    expect((await client.delete('scheduled_jobs/999999', { headers })).status).toBe(404);
  });
});
