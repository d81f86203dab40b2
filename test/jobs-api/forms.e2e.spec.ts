import fc from 'fast-check';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import type { Call } from './client.js';
import { callerOf } from './client.js';

let server: TestServer;
let call: Call;
let close: () => Promise<void>;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_TIME_ZONE: 'Europe/Berlin' } });
  ({ call, close } = callerOf(server));
});
afterAll(async () => {
  await close?.();
  await server?.stop();
});

const POLICY = { failurePolicy: { constant: { interval: '1s', maxRetries: 3 } } };

describe.each(['/v1.0/jobs', '/v1.0-alpha1/jobs'])('at %s', (base) => {
  it('a bare job is answered as by releases', async () => {
    const posted = await call('POST', `${base}/bare`, { body: { dueTime: '1h', data: 'Hello' } });
    expect([posted.status, posted.text]).toEqual([204, '']);
    const got = await call('GET', `${base}/bare`);
    expect(got.status).toBe(200);
    expect(got.headers['content-type']).toMatch(/^application\/json/);
    expect(got.json).toEqual({ name: 'bare', dueTime: '1h', data: 'Hello', ...POLICY });
    const deleted = await call('DELETE', `${base}/bare`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await call('GET', `${base}/bare`)).status).toBe(500);
  });

  it('a wrapped job is answered as by the first documents', async () => {
    const posted = await call('POST', `${base}/wrapped`, { body: { job: { dueTime: '1h', data: 'Hello' } } });
    expect([posted.status, posted.text]).toEqual([202, '']);
    const got = await call('GET', `${base}/wrapped`);
    expect([got.status, got.json]).toEqual([202, { name: 'wrapped', dueTime: '1h', data: 'Hello' }]);
    const deleted = await call('DELETE', `${base}/wrapped`);
    expect([deleted.status, deleted.text]).toEqual([202, '']);
    expect((await call('DELETE', `${base}/wrapped`)).status).toBe(204);
  });
});

describe('a job', () => {
  it('is answered in the form in which it was sent, at either path', async () => {
    await call('POST', '/v1.0/jobs/mixed', { body: { job: { dueTime: '1h' } } });
    expect((await call('GET', '/v1.0-alpha1/job/mixed')).status).toBe(202);
    await call('POST', '/v1.0-alpha1/jobs/mixed', { body: { dueTime: '1h', overwrite: true } });
    expect((await call('GET', '/v1.0/jobs/mixed')).status).toBe(200);
  });

  it('shows its times as they were sent, under either spelling of its keys', async () => {
    const body = {
      due_time: '2100-01-01T00:00:00.50+01:00',
      schedule: 'CRON_TZ=Europe/Paris  0 0 0 * * MON',
      repeats: '5',
      ttl: 'P1Y',
      failure_policy: { constant: { interval: '0.20s', max_retries: 0 } },
      overlap_policy: 'skip',
      dst_policy: { gap: 'skip' },
      time_zone: 'Asia/Tokyo',
    };
    await call('POST', '/v1.0/jobs/whole', { body });
    const { text, json } = await call('GET', '/v1.0/jobs/whole');
    expect(json).toEqual({
      name: 'whole',
      schedule: 'CRON_TZ=Europe/Paris  0 0 0 * * MON',
      repeats: 5,
      dueTime: '2100-01-01T00:00:00.50+01:00',
      ttl: 'P1Y',
      failurePolicy: { constant: { interval: '0.20s', maxRetries: 0 } },
      overlapPolicy: 'skip',
      dstPolicy: { gap: 'skip' },
      timeZone: 'Asia/Tokyo',
    });
    expect(Object.keys(JSON.parse(text) as object).slice(0, 6)).toEqual([
      'name',
      'schedule',
      'repeats',
      'dueTime',
      'ttl',
      'failurePolicy',
    ]);
  });

  it('is due in the time zone of the settings where it names none', async () => {
    await call('POST', '/v1.0/jobs/zone', { body: { schedule: '0 0 12 1 1 *' } });
    const { next } = (await call('GET', '/v1.0/jobs/zone/next?n=1')).json as { next: string[] };
    expect(next[0]).toMatch(/-01-01T11:00:00\.000Z$/);
    expect((await call('GET', '/v1.0/jobs/zone')).json).not.toHaveProperty('timeZone');
  });

  it('belongs to its app, and to the app default where none is named', async () => {
    await call('POST', '/v1.0/jobs/own', { body: { dueTime: '1h', data: 'of default' } });
    await call('POST', '/v1.0/jobs/own', { body: { dueTime: '1h', data: 'of sub' }, app: 'sub' });
    expect((await call('GET', '/v1.0/jobs/own', { app: 'default' })).json).toMatchObject({ data: 'of default' });
    expect((await call('GET', '/v1.0/jobs/own', { app: 'sub' })).json).toMatchObject({ data: 'of sub' });
    await call('DELETE', '/v1.0/jobs/own', { app: 'sub' });
    expect((await call('GET', '/v1.0/jobs/own')).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'nonsense', ''])('may come as %j', async (type) => {
    const headers = { 'content-type': type };
    const answer = await call('POST', '/v1.0/jobs/typed', { body: { dueTime: '1h', overwrite: true }, headers });
    expect(answer.status).toBe(204);
    expect((await call('DELETE', '/v1.0/jobs/typed', { headers })).status).toBe(204);
  });
});

describe('data', () => {
  const roundTrip = async (data: string, wrapped: boolean) => {
    const job = `{"dueTime":"1h","overwrite":true,"data":${data}}`;
    await call('POST', '/v1.0/jobs/data', { body: wrapped ? `{"job":${job}}` : job });
    const { text } = await call('GET', '/v1.0/jobs/data');
    return text.slice('{"name":"data","dueTime":"1h","data":'.length);
  };

  it.each([
    '123',
    '12345678901234567890.10',
    '1E400',
    'null',
    'false',
    '"Hello"',
    '[]',
    '{"b":1,"a":{"@type":"x","value":1.0},"b":2}',
    '"\\u0000\\ud800"',
  ])('comes back as %s', async (data) => {
    expect(await roundTrip(data, true)).toBe(`${data}}`);
    expect(await roundTrip(data, false)).toMatch(`${data},"failurePolicy":`);
  });

  it('comes back where it is larger than an event', async () => {
    const data = JSON.stringify({ text: 'é'.repeat(500_000), number: 1 });
    expect(await roundTrip(data, true)).toBe(`${data}}`);
    const { json } = await call('GET', '/v1.0/jobs?prefix=data');
    expect(json).toMatchObject({ jobs: [{ name: 'data', data: { number: 1 } }], pagination: { total: 1 } });
  });

  it('comes back whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), fc.boolean(), async (value, wrapped) => {
        const text = await roundTrip(JSON.stringify(value, null, 1), wrapped);
        expect(text.startsWith(JSON.stringify(value))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('any body', () => {
  const KEYS = ['job', 'data', 'dueTime', 'schedule', 'repeats', 'ttl', 'overwrite', 'failurePolicy', 'constant', 'x'];
  const TEXTS = ['1h', '@every 1h', '-1s', 'R0/PT1S', '@daily', '', '0 0 0 30 2 *', 'P9999999999Y', '9999999h', '🙂'];

  it('is taken, or refused in a way that is documented', async () => {
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.constantFrom(...TEXTS),
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...KEYS), value), async (body) => {
        const { status, json } = await call('POST', '/v1.0/jobs/any', { body: JSON.stringify(body) });
        expect([202, 204, 400, 409, 500]).toContain(status);
        if (status >= 409) expect(json).toMatchObject({ errorCode: 'DAPR_SCHEDULER_SCHEDULE_JOB' });
        if (status === 500) expect((json as { message: string }).message).toContain('job failed validation: ');
      }),
      { numRuns: 500 },
    );
  });
});

describe('an SDK', () => {
  it('finds what it asks for before anything else', async () => {
    for (const path of ['/v1.0/healthz', '/v1.0/healthz/outbound']) {
      const { status, text } = await call('GET', path);
      expect([path, status, text]).toEqual([path, 204, '']);
    }
    expect((await call('GET', '/v1.0/metadata', { app: 'sub' })).json).toMatchObject({
      id: 'sub',
      runtimeVersion: '1.18.0',
      enabledFeatures: [],
      actors: [],
      components: [],
      httpEndpoints: [],
      subscriptions: [],
      extended: {},
    });
  });
});
