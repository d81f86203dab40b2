import type { Json, JsonObject } from '#domain';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import type { Answer, Call } from './client.js';
import { callerOf, errorOf } from './client.js';

let server: TestServer;
let call: Call;
let close: () => Promise<void>;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  ({ call, close } = callerOf(server));
});
afterAll(async () => {
  await close?.();
  await server?.stop();
});

const APP = 'sub';

/** The one element of `details`, or undefined. */
const infoOf = ({ json }: Answer) => {
  const { details } = json as { details?: { reason: string; domain: string; metadata: JsonObject }[] };
  expect(details?.length ?? 1).toBe(1);
  return details?.[0];
};

const FORMS: [string, string, (job: JsonObject) => Json][] = [
  ['bare', '/v1.0/jobs', (job) => job],
  ['wrapped', '/v1.0-alpha1/jobs', (job) => ({ job })],
];

describe.each(FORMS)('a %s job', (_form, base, wrap) => {
  const post = (job: JsonObject, name = 'refused') => call('POST', `${base}/${name}`, { body: wrap(job), app: APP });

  it.each<[string, JsonObject, string, string, JsonObject | undefined]>([
    [
      'with repeats -1',
      { schedule: '@daily', repeats: -1 },
      'ERR_MALFORMED_REQUEST',
      'failed deserializing HTTP body: ',
      undefined,
    ],
    ['with the wrong type', { schedule: 5 }, 'ERR_MALFORMED_REQUEST', 'failed deserializing HTTP body: ', undefined],
    [
      'with its name in the body',
      { name: 'x', dueTime: '1s' },
      'DAPR_SCHEDULER_JOB_NAME',
      'Set the job name in the url only',
      { appID: APP },
    ],
    [
      'without a time',
      { data: 1 },
      'DAPR_SCHEDULER_SCHEDULE_EMPTY',
      'Schedule is empty',
      { appID: APP, namespace: 'default' },
    ],
    [
      'that says nothing',
      {},
      'DAPR_SCHEDULER_SCHEDULE_EMPTY',
      'Schedule is empty',
      { appID: APP, namespace: 'default' },
    ],
  ])('%s is refused with 400', async (_what, job, errorCode, message, metadata) => {
    const answer = await post(job);
    expect(errorOf(answer)).toEqual({ status: 400, errorCode, message: expect.stringContaining(message) as string });
    const info = {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      domain: 'dapr.io',
      metadata,
      reason: errorCode,
    };
    expect(infoOf(answer)).toEqual(metadata && info);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each<[string, JsonObject, string]>([
    ['five fields of cron', { schedule: '* * * * *' }, 'expected exactly 6 fields, found 5: [* * * * *]'],
    ['an empty schedule', { schedule: '' }, ''],
    ['a day of the week of 7', { schedule: '0 0 0 * * 7' }, ''],
    ['a range that ends before it starts', { schedule: '5-1 * * * * *' }, ''],
    ['a step of 0', { schedule: '*/0 * * * * *' }, ''],
    ['a negative interval', { schedule: '@every -1s' }, ''],
    ['an unknown zone', { schedule: 'CRON_TZ=Mars/Olympus 0 0 0 * * *' }, 'Mars/Olympus'],
    ['a zone for an interval', { schedule: 'TZ=Europe/Berlin @every 1s' }, ''],
    ['a zone alone', { schedule: 'CRON_TZ=UTC' }, ''],
    ['no due time', { dueTime: 'soon' }, 'due time format not recognized'],
    ['a due time that repeats', { dueTime: 'R3/PT1S' }, 'repeats not supported for due time'],
    ['no ttl', { schedule: '@daily', ttl: 'soon' }, 'ttl format not recognized'],
    [
      'a ttl before the due time',
      { schedule: '@daily', dueTime: '2h', ttl: '-1h' },
      'ttl must be greater than due time',
    ],
    ['repeats 0', { schedule: '@daily', repeats: 0 }, 'defined repeats must be greater than 0'],
    ['repeats without a schedule', { dueTime: '1h', repeats: 2 }, 'job must have a schedule to repeat'],
    ['a ttl without a schedule', { dueTime: '1h', ttl: '2h' }, 'job must have a schedule to have a ttl'],
  ])('with %s is refused with 500', async (_what, job, problem) => {
    const answer = await post(job);
    const { status, errorCode, message } = errorOf(answer);
    expect([status, errorCode]).toEqual([500, 'DAPR_SCHEDULER_SCHEDULE_JOB']);
    const said = 'failed to schedule job due to: rpc error: code = Unknown desc = job failed validation: ';
    expect(message.slice(0, said.length)).toBe(said);
    expect(message).toContain(problem);
    expect(infoOf(answer)).toMatchObject({ reason: errorCode, metadata: { appID: APP, namespace: 'default' } });
  });

  it.each<[JsonObject]>([
    [{ dueTime: '2100-01-01T00:00:00.5+02:00' }],
    [{ dueTime: '1h30m' }],
    [{ dueTime: 'P1Y2M3W4DT5H6M7S' }],
    [{ schedule: '1 2 3 4 5 6' }],
    [{ schedule: '0 0 0 ? jan MON' }],
    [{ schedule: '@every 1h' }],
    [{ schedule: '@midnight', repeats: 1 }],
    [{ schedule: 'CRON_TZ=Europe/Berlin 0 30 2 * * *' }],
    [{ schedule: 'TZ=Asia/Tokyo @daily', ttl: '1h', dueTime: '1h' }],
    [{ dueTime: '1h', repeats: 1 }],
  ])('may say %j', async (job) => {
    expect((await post({ ...job, overwrite: true }, 'taken')).status).toBeLessThan(300);
  });

  it('with the name of another is refused with 409, unless it overwrites', async () => {
    await post({ dueTime: '1h', overwrite: true }, 'twice');
    const answer = await post({ dueTime: '2h' }, 'twice');
    expect(errorOf(answer)).toEqual({
      status: 409,
      errorCode: 'DAPR_SCHEDULER_SCHEDULE_JOB',
      message: `failed to schedule job due to: rpc error: code = AlreadyExists desc = job already exists: 'app||default||${APP}||twice'`,
    });
    expect(infoOf(answer)).toMatchObject({ metadata: { appID: APP, namespace: 'default' } });
    expect((await post({ dueTime: '2h', overwrite: true }, 'twice')).status).toBeLessThan(300);
    expect((await call('GET', `${base}/twice`, { app: APP })).json).toMatchObject({ dueTime: '2h' });
  });
});

describe('a body', () => {
  it.each(['[{}]', 'null', '5', '{', ' ', '{"job":{},"dueTime":"1s"}', '{"dueTime":"1s","due_time":"1s"}'])(
    'is malformed as %s',
    async (body) => {
      const answer = await call('POST', '/v1.0/jobs/refused', { body });
      expect(errorOf(answer)).toMatchObject({ status: 400, errorCode: 'ERR_MALFORMED_REQUEST' });
      expect(answer.json).not.toHaveProperty('details');
    },
  );

  it('of no bytes says nothing', async () => {
    expect(errorOf(await call('POST', '/v1.0/jobs/refused'))).toMatchObject({
      status: 400,
      errorCode: 'DAPR_SCHEDULER_SCHEDULE_EMPTY',
    });
  });

  it('above 4 MiB is refused', async () => {
    const body = `{"dueTime":"1h","data":"${'x'.repeat(5 * 1024 * 1024)}"}`;
    expect(errorOf(await call('POST', '/v1.0/jobs/refused', { body }))).toMatchObject({
      status: 413,
      errorCode: 'ERR_BODY_TOO_LARGE',
    });
  });
});

describe('a job that is not known', () => {
  it.each(['/v1.0/jobs', '/v1.0-alpha1/jobs', '/v1.0-alpha1/job'])('is 500 to GET at %s', async (base) => {
    const answer = await call('GET', `${base}/nosuch`, { app: APP });
    expect(errorOf(answer)).toEqual({
      status: 500,
      errorCode: 'DAPR_SCHEDULER_GET_JOB',
      message: 'failed to get job due to: rpc error: code = NotFound desc = job not found: nosuch',
    });
    expect(infoOf(answer)).toMatchObject({ metadata: { appID: APP, namespace: 'default' } });
  });

  it('is 204 to DELETE', async () => {
    const answer = await call('DELETE', '/v1.0/jobs/nosuch', { app: APP });
    expect([answer.status, answer.text]).toEqual([204, '']);
  });
});

describe('a name', () => {
  const post = (path: string) => call('POST', path, { body: { dueTime: '1h', overwrite: true } });

  it.each([
    ['POST', '/v1.0/jobs/%20'],
    ['POST', '/v1.0/jobs/'],
    ['POST', '/v1.0/jobs'],
    ['POST', '/v1.0-alpha1/jobs/'],
    ['POST', '/v1.0-alpha1/jobs'],
    ['GET', '/v1.0/jobs/%20'],
    ['GET', '/v1.0-alpha1/job/'],
    ['DELETE', '/v1.0/jobs/%09'],
    ['DELETE', '/v1.0/jobs/'],
  ])('that is blank is refused: %s %s', async (method, path) => {
    const answer = await call(method, path, method === 'POST' ? { body: { dueTime: '1h' } } : {});
    expect(errorOf(answer)).toEqual({
      status: 400,
      errorCode: 'DAPR_SCHEDULER_JOB_NAME_EMPTY',
      message: 'Name is empty',
    });
    expect(infoOf(answer)).toMatchObject({ metadata: { appID: 'default', namespace: 'default' } });
  });

  it.each([
    'a%2Fb',
    'a%5Cb',
    'a%23b',
    'a%3Fb',
    'a%00b',
    'a%0Ab',
    'a%7Fb',
    '..',
    '.',
    '%2E%2E',
    'x'.repeat(513),
    `${'x'.repeat(511)}%C3%A9`,
  ])('may not be %s', async (name) => {
    const { status, errorCode, message } = errorOf(await post(`/v1.0/jobs/${name}`));
    expect([status, errorCode]).toEqual([500, 'DAPR_SCHEDULER_SCHEDULE_JOB']);
    expect(message).toContain('rpc error: code = Unknown desc = job name is invalid');
  });

  it.each([
    ['A.b-c_d:e', 'A.b-c_d:e'],
    ['a|b||c@d', 'a|b||c@d'],
    ['a%20b', 'a b'],
    ['%20trimmed%20', 'trimmed'],
    ['100%25', '100%'],
    ['...', '...'],
    ['%E2%9C%93', '✓'],
    [`${'x'.repeat(510)}%C3%A9`, `${'x'.repeat(510)}é`],
    ['runs', 'runs'],
  ])('may be %s', async (path, name) => {
    expect((await post(`/v1.0/jobs/${path}`)).status).toBe(204);
    expect((await call('GET', `/v1.0/jobs/${encodeURIComponent(name)}`)).json).toMatchObject({ name });
    expect((await call('DELETE', `/v1.0/jobs/${encodeURIComponent(name)}`)).headers).toHaveProperty('daybook-position');
  });

  it('differs by its case', async () => {
    await post('/v1.0/jobs/Case');
    expect((await call('GET', '/v1.0/jobs/case')).status).toBe(500);
  });
});

describe('a request', () => {
  it.each(['', 'a b', '-a', 'a/b', 'x'.repeat(254)])('for the app %j is refused', async (app) => {
    const answer = await call('GET', '/v1.0/jobs/a', { app });
    expect(errorOf(answer)).toMatchObject({ status: 400, errorCode: 'ERR_MALFORMED_REQUEST' });
    expect(errorOf(answer).message).toMatch(/^dapr-app-id is /);
  });

  it('that no route takes is told so in this form', async () => {
    expect(errorOf(await call('GET', '/nosuch'))).toMatchObject({ status: 404, errorCode: 'ERR_UNKNOWN_ROUTE' });
    const answer = await call('PUT', '/v1.0/jobs/a');
    expect(errorOf(answer)).toMatchObject({ status: 405, errorCode: 'ERR_METHOD_NOT_ALLOWED' });
    expect(answer.headers['allow']).toBe('DELETE, GET, HEAD, POST');
    expect(errorOf(await call('GET', '/v1.0/jobs/%zz'))).toMatchObject({
      status: 400,
      errorCode: 'ERR_MALFORMED_REQUEST',
    });
    const long = await call('GET', `/v1.0/jobs/${'x'.repeat(20_000)}`);
    expect(errorOf(long)).toMatchObject({ status: 431, errorCode: 'ERR_HEAD_TOO_LARGE' });
  });
});
