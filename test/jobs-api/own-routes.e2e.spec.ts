import { until } from '../../libs/platform/testing/until.js';
import { startApp } from '../callbacks/app.js';
import type { TestApp } from '../callbacks/app.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import type { Call, Sent } from './client.js';
import { callerOf, errorOf } from './client.js';

let app: TestApp;
let server: TestServer;
let call: Call;
let close: () => Promise<void>;
beforeAll(async () => {
  app = await startApp();
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_APPS: `sub=${app.url}` } });
  ({ call, close } = callerOf(server));
});
afterAll(async () => {
  await close?.();
  await server?.stop();
  await app?.kill();
});

const namesIn = (json: unknown) => (json as { jobs: { name: string }[] }).jobs.map(({ name }) => name);

/** Calls for an app of its own, so that tests see only their own jobs. */
const callFor =
  (name: string) =>
  (method: string, path: string, sent: Sent = {}) =>
    call(method, path, { app: name, ...sent });

describe('the list of jobs', () => {
  const of = callFor('lists');
  beforeAll(async () => {
    await of('POST', '/v1.0/jobs/b-2', { body: { dueTime: '2h', data: { a: 1 } } });
    await of('POST', '/v1.0/jobs/a', { body: { job: { dueTime: '3h' } } });
    await of('POST', '/v1.0/jobs/b-1', { body: { schedule: '@every 4h' } });
    await of('POST', '/v1.0/jobs/B', { body: { dueTime: '1h' } });
    await of('POST', '/v1.0/jobs/b-1/pause');
    await of('POST', '/v1.0/jobs/gone', { body: { dueTime: '1h' } });
    await of('DELETE', '/v1.0/jobs/gone');
  });

  it('shows each job as a GET does, and how it stands', async () => {
    const { status, json } = await of('GET', '/v1.0/jobs?prefix=b-2');
    expect(status).toBe(200);
    expect(json).toEqual({
      jobs: [
        {
          name: 'b-2',
          dueTime: '2h',
          data: { a: 1 },
          failurePolicy: { constant: { interval: '1s', maxRetries: 3 } },
          state: 'scheduled',
          nextRun: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
          lastRun: null,
          runs: 0,
          version: expect.any(Number) as number,
        },
      ],
      pagination: { limit: 50, offset: 0, total: 1, order: 'asc', order_by: 'name' },
    });
  });

  it.each([
    ['', ['B', 'a', 'b-1', 'b-2'], 4],
    ['?order=desc', ['b-2', 'b-1', 'a', 'B'], 4],
    ['?order_by=next_run', ['B', 'b-2', 'a', 'b-1'], 4],
    ['?order_by=created&order=desc', ['B', 'b-1', 'a', 'b-2'], 4],
    ['?limit=2&offset=1', ['a', 'b-1'], 4],
    ['?limit=0', [], 4],
    ['?prefix=b', ['b-1', 'b-2'], 2],
    ['?prefix=b-1x', [], 0],
    ['?state=paused', ['b-1'], 1],
    ['?state=scheduled&prefix=b', ['b-2'], 1],
    ['?state=ended', ['gone'], 1],
  ])('may be asked for as %j', async (query, names, total) => {
    const { json } = await of('GET', `/v1.0/jobs${query}`);
    expect(namesIn(json)).toEqual(names);
    expect(json).toMatchObject({ pagination: { total } });
  });

  it.each(['limit=1001', 'limit=x', 'offset=-1', 'order_by=size', 'order=up', 'state=lost', 'prefix='])(
    'is refused with %s',
    async (query) => {
      const [parameter] = query.split('=') as [string];
      const { status, errorCode, message } = errorOf(await of('GET', `/v1.0/jobs?${query}`));
      expect([status, errorCode]).toEqual([400, 'ERR_MALFORMED_REQUEST']);
      expect(message).toContain(`${parameter} is `);
    },
  );
});

describe('deleting by prefix', () => {
  const of = callFor('deletes');

  it('deletes what begins so, and tells how many', async () => {
    const names = Array.from({ length: 2100 }, (_, index) => `many-${index}`);
    await Promise.all(names.map((name) => of('POST', `/v1.0/jobs/${name}`, { body: { dueTime: '1h' } })));
    await of('POST', '/v1.0/jobs/Many', { body: { dueTime: '1h' } });
    const once = { headers: { 'idempotency-key': 'many' } };
    const answer = await of('DELETE', '/v1.0/jobs?prefix=many-', once);
    expect([answer.status, answer.json]).toEqual([200, { deleted: 2100 }]);
    expect(answer.headers).toHaveProperty('daybook-position');
    expect((await of('DELETE', '/v1.0/jobs?prefix=many-', once)).json).toEqual({ deleted: 2100 });
    expect(namesIn((await of('GET', '/v1.0/jobs')).json)).toEqual(['Many']);
    expect((await of('DELETE', '/v1.0/jobs?prefix=many-')).json).toEqual({ deleted: 0 });
  });

  it('wants a prefix', async () => {
    expect(errorOf(await of('DELETE', '/v1.0/jobs')).status).toBe(400);
    expect(errorOf(await of('DELETE', '/v1.0/jobs?prefix=')).status).toBe(400);
  });
});

describe('a version', () => {
  const of = callFor('versions');
  const versionOf = async (name: string) => String((await of('GET', `/v1.0/jobs/${name}`)).headers['etag']);

  it('is what a change may be bound to', async () => {
    const posted = await of('POST', '/v1.0/jobs/job', { body: { dueTime: '1h' } });
    const old = await versionOf('job');
    expect(posted.headers['etag']).toBe(old);
    expect(old).toMatch(/^"\d+"$/);
    const over = { dueTime: '2h', overwrite: true };
    const ifOld = { headers: { 'if-match': old } };
    expect((await of('POST', '/v1.0/jobs/job', { body: over, ...ifOld })).status).toBe(204);
    expect(errorOf(await of('POST', '/v1.0/jobs/job', { body: over, ...ifOld }))).toMatchObject({
      status: 412,
      errorCode: 'DAYBOOK_VERSION_CONFLICT',
    });
    expect((await of('DELETE', '/v1.0/jobs/job', ifOld)).status).toBe(412);
    expect((await of('POST', '/v1.0/jobs/job/pause', ifOld)).status).toBe(412);
    const headers = { 'if-match': `${old}, ${await versionOf('job')}` };
    expect((await of('DELETE', '/v1.0/jobs/job', { headers })).status).toBe(204);
    expect((await of('POST', '/v1.0/jobs/job', { body: over, headers })).status).toBe(412);
  });

  it('may be wanted to be the first', async () => {
    const sent = { body: { dueTime: '1h', overwrite: true }, headers: { 'if-none-match': '*' } };
    expect((await of('POST', '/v1.0/jobs/first', sent)).status).toBe(204);
    expect((await of('POST', '/v1.0/jobs/first', sent)).status).toBe(409);
  });

  it('is told by pausing and resuming', async () => {
    await of('POST', '/v1.0/jobs/paused', { body: { schedule: '@daily' } });
    const paused = await of('POST', '/v1.0/jobs/paused/pause');
    expect(paused.status).toBe(204);
    expect(paused.headers['etag']).toBe(await versionOf('paused'));
    const resumed = await of('POST', '/v1.0/jobs/paused/resume');
    expect(resumed.headers['etag']).toBe(await versionOf('paused'));
    expect(resumed.headers['etag']).not.toBe(paused.headers['etag']);
  });

  it('is wanted as a list of ETags', async () => {
    const answer = await of('DELETE', '/v1.0/jobs/any', { headers: { 'if-match': '7' } });
    expect(errorOf(answer)).toMatchObject({ status: 400, errorCode: 'ERR_MALFORMED_REQUEST' });
  });
});

describe('an Idempotency-Key', () => {
  const of = callFor('keys');
  const headers = { 'idempotency-key': 'k' };

  it('has a job scheduled once, for its app', async () => {
    const body = { dueTime: '1h' };
    const first = await of('POST', '/v1.0/jobs/once', { body, headers });
    const second = await of('POST', '/v1.0/jobs/once', { body, headers });
    expect([first.status, second.status]).toEqual([204, 204]);
    expect(second.headers['daybook-position']).toBe(first.headers['daybook-position']);
    expect((await call('POST', '/v1.0/jobs/once', { app: 'keys2', body, headers })).status).toBe(204);
    const other = await of('POST', '/v1.0/jobs/once', { body: { dueTime: '2h' }, headers });
    expect(errorOf(other)).toMatchObject({ status: 422, errorCode: 'ERR_IDEMPOTENCY_KEY_REUSED' });
  });
});

describe('the next occurrences', () => {
  const of = callFor('next');

  it('are as many as are asked for', async () => {
    await of('POST', '/v1.0/jobs/hourly', {
      body: { dueTime: '2100-01-01T00:30:00Z', schedule: '@hourly', repeats: 3 },
    });
    const { json } = await of('GET', '/v1.0/jobs/hourly/next');
    const times = ['2100-01-01T00:30:00.000Z', '2100-01-01T01:00:00.000Z', '2100-01-01T02:00:00.000Z'];
    expect(json).toEqual({ next: times });
    expect((await of('GET', '/v1.0/jobs/hourly/next?n=1')).json).toEqual({ next: times.slice(0, 1) });
  });

  it.each(['0', '1001', 'x'])('are not %s', async (n) => {
    expect(errorOf(await of('GET', `/v1.0/jobs/hourly/next?n=${n}`)).status).toBe(400);
  });
});

describe('a job that is not known', () => {
  it.each([
    ['GET', '/v1.0/jobs/nosuch/runs'],
    ['GET', '/v1.0/jobs/nosuch/next'],
    ['POST', '/v1.0/jobs/nosuch/pause'],
    ['POST', '/v1.0/jobs/nosuch/resume'],
    ['POST', '/v1.0/jobs/nosuch/trigger'],
  ])('is 404 to %s %s', async (method, path) => {
    expect(errorOf(await call(method, path))).toEqual({
      status: 404,
      errorCode: 'DAYBOOK_UNKNOWN_JOB',
      message: 'job not found: nosuch',
    });
  });
});

describe('a run', () => {
  interface Run {
    readonly id: string;
    readonly state: string;
    readonly attempts: readonly { readonly failure: { readonly status: number } | null }[];
  }
  const of = callFor('sub');
  const runsOf = async (name: string) => {
    const { json } = await of('GET', `/v1.0/jobs/${name}/runs`);
    return (json as { runs: Run[] }).runs;
  };
  const untilEnded = (name: string) =>
    until(async () => {
      const runs = await runsOf(name);
      return runs.length > 0 && runs.every(({ state }) => state !== 'due');
    });

  it('is shown with what became of it, also when its job has ended', async () => {
    app.answer = () => 200;
    await of('POST', '/v1.0/jobs/good', { body: { dueTime: '0s', data: 1 } });
    await untilEnded('good');
    const { json } = await of('GET', '/v1.0/jobs/good/runs');
    expect(json).toMatchObject({
      runs: [
        {
          trigger: 'schedule',
          state: 'delivered',
          latenessMs: expect.any(Number) as number,
          attemptCount: 1,
          attempts: [{ attempt: 1, failure: null }],
        },
      ],
      skips: [],
      pagination: { limit: 50, offset: 0, order: 'desc', total: 1, totalSkips: 0 },
    });
    expect((await of('GET', '/v1.0/jobs/good')).status).toBe(500);
  });

  it('comes when it is asked for, under the id that is answered', async () => {
    await of('POST', '/v1.0/jobs/asked', { body: { schedule: '@daily' } });
    const { status, json } = await of('POST', '/v1.0/jobs/asked/trigger');
    expect(status).toBe(202);
    await untilEnded('asked');
    const [run] = await runsOf('asked');
    expect(run).toMatchObject({ ...{ id: (json as { run: string }).run }, trigger: 'request', state: 'delivered' });
    expect(app.received.at(-1)!.headers['daybook-run-id']).toBe(run!.id);
  });

  it('that is given up is a dead letter, until it is delivered or discarded', async () => {
    app.answer = () => 503;
    const body = { dueTime: '0s', failurePolicy: { drop: {} } };
    await of('POST', '/v1.0/jobs/bad', { body });
    await of('POST', '/v1.0/jobs/worse', { body });
    await untilEnded('bad');
    await untilEnded('worse');
    const [bad] = await runsOf('bad');
    expect(bad).toMatchObject({
      state: 'given-up',
      attempts: [{ attempt: 1, failure: { kind: 'status', status: 503 } }],
    });
    const { json } = await of('GET', '/v1.0/dead-letters?limit=1');
    expect(json).toMatchObject({ pagination: { limit: 1, offset: 0, total: 2 } });
    const all = (await of('GET', '/v1.0/dead-letters')).json as { deadLetters: (Run & { name: string })[] };
    expect(all.deadLetters.map(({ name }) => name).sort()).toEqual(['bad', 'worse']);
    expect((await call('GET', '/v1.0/dead-letters')).json).toMatchObject({ deadLetters: [] });

    app.answer = () => 200;
    const again = await of('POST', `/v1.0/dead-letters/${bad!.id}/redeliver`);
    expect([again.status, again.json]).toEqual([202, { run: bad!.id }]);
    await until(async () => (await runsOf('bad'))[0]!.state === 'delivered');
    const worse = all.deadLetters.find(({ name }) => name === 'worse')!;
    expect((await of('DELETE', `/v1.0/dead-letters/${worse.id}`)).status).toBe(204);
    expect((await of('GET', '/v1.0/dead-letters')).json).toMatchObject({ deadLetters: [], pagination: { total: 0 } });
    expect((await runsOf('worse'))[0]!.state).toBe('discarded');
  });

  it.each([
    ['of another app', 'other', 404, 'DAYBOOK_UNKNOWN_RUN'],
    ['that is none', 'sub', 404, 'DAYBOOK_UNKNOWN_RUN'],
  ])('%s is no dead letter', async (_what, name, status, errorCode) => {
    const answer = await callFor(name)('POST', `/v1.0/dead-letters/${'0'.repeat(12)}-r999999/redeliver`);
    expect(errorOf(answer)).toMatchObject({ status, errorCode });
  });

  it('has an id of its own form', async () => {
    expect(errorOf(await of('DELETE', '/v1.0/dead-letters/7'))).toMatchObject({
      status: 400,
      errorCode: 'ERR_MALFORMED_REQUEST',
    });
  });
});
