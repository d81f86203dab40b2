import { rmSync } from 'node:fs';
import { startRefused } from '../setup/refused-server.js';
import type { TestServer } from '../setup/server.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { Call } from './client.js';
import { callerOf, errorOf } from './client.js';

const TOKEN = 'token-of-the-jobs-api';

let server: TestServer;
let call: Call;
let close: () => Promise<void>;
beforeAll(async () => {
  server = await startServer({
    env: {
      DAYBOOK_LOCAL_AGENT: 'off',
      DAPR_API_TOKEN: TOKEN,
      DAYBOOK_HOST: '0.0.0.0',
      DAYBOOK_PUBLIC_URL: 'https://jobs.example.com:8143',
    },
  });
  const { port } = new URL(server.jobsUrl);
  ({ call, close } = callerOf({ jobsUrl: `http://127.0.0.1:${port}` }));
});
afterAll(async () => {
  await close?.();
  await server?.stop();
});

const withToken = { 'dapr-api-token': TOKEN };

describe('the token of the Jobs API', () => {
  it.each([
    ['POST', '/v1.0/jobs/a'],
    ['GET', '/v1.0-alpha1/job/a'],
    ['DELETE', '/v1.0/jobs/a'],
    ['GET', '/v1.0/jobs'],
    ['GET', '/v1.0/metadata'],
    ['GET', '/v1.0/deliveries'],
    ['GET', '/nosuch'],
  ])('is asked for by %s %s, before a body is read', async (method, path) => {
    for (const headers of [{}, { 'dapr-api-token': 'wrong' }, { 'dapr-api-token': `${TOKEN}x` }]) {
      const answer = await call(method, path, { headers, ...(method === 'POST' && { body: '{' }) });
      expect(errorOf(answer)).toMatchObject({ status: 401, errorCode: 'DAYBOOK_INVALID_API_TOKEN' });
    }
  });

  it('lets in whoever has it', async () => {
    const body = { dueTime: '1h' };
    expect((await call('POST', '/v1.0/jobs/a', { headers: withToken, body })).status).toBe(204);
    expect((await call('GET', '/v1.0/jobs/a', { headers: withToken })).status).toBe(200);
  });

  it('is not asked for by probes of health', async () => {
    expect((await call('GET', '/v1.0/healthz')).status).toBe(204);
    expect((await call('GET', '/v1.0/healthz/outbound')).status).toBe(204);
  });
});

describe('a request from a web page', () => {
  it.each(['evil.example.com', 'evil.example.com:3500', '0.0.0.0', '10.0.0.1:3500', '[::2]'])(
    'that was led here as %s is refused',
    async (host) => {
      for (const path of ['/v1.0/jobs', '/v1.0/healthz', '/nosuch']) {
        const answer = await call('GET', path, { headers: { ...withToken, host } });
        expect(errorOf(answer)).toMatchObject({ status: 403, errorCode: 'DAYBOOK_HOST_NOT_ALLOWED' });
      }
    },
  );

  it.each(['localhost', 'localhost:3500', 'app.localhost', '127.0.0.1:1', '[::1]:3500', 'jobs.example.com:3500'])(
    'is not one that comes to %s',
    async (host) => {
      expect((await call('GET', '/v1.0/jobs', { headers: { ...withToken, host } })).status).toBe(200);
    },
  );

  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', 403],
    ['none', 200],
  ])('that fetches for a page of relation %s is answered %i', async (site, status) => {
    const headers = { ...withToken, 'sec-fetch-site': site };
    expect((await call('GET', '/v1.0/jobs', { headers })).status).toBe(status);
  });

  it.each(['http://localhost:3000', 'https://jobs.example.com:8143', 'null'])('at %s is refused', async (origin) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const answer = await call(method, '/v1.0/jobs/a', { headers: { ...withToken, origin } });
      expect(errorOf(answer)).toMatchObject({ status: 403, errorCode: 'DAYBOOK_ORIGIN_NOT_ALLOWED' });
    }
  });
});

describe('a server without a token', () => {
  it.each(['0.0.0.0', '::', 'example.com'])('does not listen on %s', async (host) => {
    const dataDir = newDataDir();
    const { status, stderr } = await startRefused(dataDir, { DAYBOOK_HOST: host });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `^daybook: DAYBOOK_HOST is '${host}' and DAPR_API_TOKEN is not set, expected a token for the Jobs API`,
      ),
    );
    rmSync(dataDir, { recursive: true });
  });
});
