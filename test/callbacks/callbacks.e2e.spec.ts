import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { until } from '../../libs/platform/testing/until.js';
import { startApp } from './app.js';
import type { TestApp } from './app.js';
import { jobsClientOf } from './client.js';
import type { JobsClient } from './client.js';

let server: TestServer;
let app: TestApp;
let jobs: JobsClient;
let count = 0;
/** Of a job that no other test has. */
let name: string;
let path: string;

beforeAll(async () => {
  app = await startApp();
  server = await startServer({
    env: { DAYBOOK_APPS: `sub=${app.url}`, DAYBOOK_APP_TIMEOUT_MS: '500', DAYBOOK_LOCAL_AGENT: 'off' },
  });
  jobs = jobsClientOf(server, 'sub');
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await app?.kill();
});
beforeEach(() => {
  name = `job${++count}`;
  path = `/v1.0/jobs/${name}`;
  app.answer = () => 200;
});

interface Run {
  readonly state: string;
  readonly attempts: readonly { readonly failure: { readonly kind: string; readonly status: number | null } | null }[];
}

/** What the app was sent of the present job. */
const sent = () => app.received.filter((call) => call.path === `/job/${name}`);

/** The only run of the present job, once it has come to an end. */
async function endedRun(): Promise<Run> {
  for (;;) {
    const { runs } = (await jobs('GET', `${path}/runs`)).json as { runs: Run[] };
    if (runs[0] && runs[0].state !== 'due') return runs[0];
  }
}

describe('an app', () => {
  it('is called back when a job is due, with the data as they were sent and who, when and how often', async () => {
    const before = Date.now();
    const { status } = await jobs('POST', path, { dueTime: '100ms', data: { b: [1, null], a: 'ä' } });
    expect(status).toBe(204);
    await until(() => sent().length > 0);
    const [call] = sent();
    expect(call).toMatchObject({ method: 'POST', body: '{"b":[1,null],"a":"ä"}' });
    expect(call!.headers).toMatchObject({
      'content-type': 'application/json',
      'daybook-run-id': expect.stringMatching(/^[\da-f]{12}-r\d+$/) as string,
      'daybook-attempt': '1',
      traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-0[01]$/) as string,
    });
    expect(Date.parse(call!.headers['daybook-occurrence'] as string)).toBeGreaterThanOrEqual(before + 100);
    expect(call!.atMs).toBeGreaterThanOrEqual(before + 100);
    expect(await endedRun()).toMatchObject({ state: 'delivered' });
    expect((await jobs('GET', path)).status).toBe(500);
  });

  it('is called back with no body where the job has no data, and with large data as they are', async () => {
    await jobs('POST', path, { dueTime: '0s' });
    await until(() => sent().length > 0);
    expect(sent()[0]).toMatchObject({ body: '' });
    const large = 'x'.repeat(200_000);
    await jobs('POST', path, { dueTime: '0s', data: large });
    await until(() => sent().length > 1);
    expect(sent()[1]!.body).toBe(JSON.stringify(large));
  });

  it.each([
    [200, 'delivered'],
    [299, 'delivered'],
    [404, 'unknown-to-app'],
  ])('that answers %i has the run %s', async (status, state) => {
    app.answer = () => status;
    await jobs('POST', path, { dueTime: '0s' });
    expect(await endedRun()).toMatchObject({ state });
    expect(sent()).toHaveLength(1);
  });

  it.each([[301], [400], [429], [500], [503]])('that answers %i fails, and is asked again', async (status) => {
    app.answer = (call) => (call.headers['daybook-attempt'] === '1' ? status : 200);
    const failurePolicy = { constant: { interval: '0.05s', maxRetries: 3 } };
    await jobs('POST', path, { dueTime: '0s', failurePolicy });
    const run = await endedRun();
    expect(run).toMatchObject({ state: 'delivered' });
    expect(run.attempts[0]).toMatchObject({ failure: { kind: 'status', status } });
    const ids = new Set(sent().map(({ headers }) => headers['daybook-run-id']));
    expect([ids.size, sent().map(({ headers }) => headers['daybook-attempt'])]).toEqual([1, ['1', '2']]);
  });

  it('that breaks the connection, or is too slow, fails', async () => {
    app.answer = (call) => (call.headers['daybook-attempt'] === '1' ? null : new Promise(() => undefined));
    const failurePolicy = { constant: { maxRetries: 1 } };
    await jobs('POST', path, { dueTime: '0s', failurePolicy });
    const { state, attempts } = await endedRun();
    expect(state).toBe('given-up');
    expect(attempts.map(({ failure }) => failure?.kind)).toEqual(['broken', 'timeout']);
  });

  it('that is gone has nothing counted: its jobs wait, and come in the order in which they were due', async () => {
    await app.kill();
    const names = ['c', 'a', 'b'].map((letter) => `${name}${letter}`);
    const dueTimes = ['-1s', '-3s', '-2s'];
    for (const [index, each] of names.entries()) {
      await jobs('POST', `/v1.0/jobs/${each}`, { dueTime: dueTimes[index]!, failurePolicy: { drop: {} } });
    }
    const list = await jobs('GET', `/v1.0/jobs?prefix=${name}&state=due`);
    expect(list.json).toMatchObject({ pagination: { total: 3 } });
    const before = app.received.length;
    await app.revive();
    await app.untilReceived(before + 3);
    const calls = app.received.slice(before);
    expect(calls.map((call) => [call.path, call.headers['daybook-attempt']])).toEqual(
      [names[1], names[2], names[0]].map((each) => [`/job/${each}`, '1']),
    );
  });
});

describe('a dead letter', () => {
  it('is listed with its reasons, and delivered again on demand under the same run id', async () => {
    app.answer = () => 500;
    await jobs('POST', path, { dueTime: '0s', data: 7, failurePolicy: { drop: {} } });
    await endedRun();
    const { deadLetters } = (await jobs('GET', '/v1.0/dead-letters')).json as {
      deadLetters: { name: string; id: string }[];
    };
    const letter = deadLetters.find((each) => each.name === name)!;
    app.answer = () => 200;
    expect((await jobs('POST', `/v1.0/dead-letters/${letter.id}/redeliver`)).status).toBe(202);
    await until(() => sent().length === 2);
    expect(sent().map(({ headers, body }) => [headers['daybook-run-id'], headers['daybook-attempt'], body])).toEqual([
      [letter.id, '1', '7'],
      [letter.id, '2', '7'],
    ]);
    expect(await endedRun()).toMatchObject({ state: 'delivered' });
  });
});

describe('a dead letter that is delivered again', () => {
  it('is so also when its job is deleted meanwhile', async () => {
    app.answer = () => 500;
    const failurePolicy = { constant: { interval: '0.2s', maxRetries: 1 } };
    await jobs('POST', path, { schedule: '@every 1h', failurePolicy });
    await jobs('POST', `${path}/trigger`);
    expect(await endedRun()).toMatchObject({ state: 'given-up' });
    const run = sent()[0]!.headers['daybook-run-id'] as string;
    expect((await jobs('POST', `/v1.0/dead-letters/${run}/redeliver`)).status).toBe(202);
    await until(() => sent().length === 3);
    await jobs('DELETE', path);
    app.answer = () => 200;
    await until(() => sent().length === 4);
    expect(await endedRun()).toMatchObject({ state: 'delivered' });
  });
});

describe('a job', () => {
  it('that is triggered runs now, and stays', async () => {
    await jobs('POST', path, { schedule: '@every 1h', data: 1 });
    expect((await jobs('POST', `${path}/trigger`)).status).toBe(202);
    await until(() => sent().length === 1);
    expect((await jobs('GET', path)).status).toBe(200);
    await jobs('DELETE', path);
  });

  it('that is paused does not run until it is resumed', async () => {
    await jobs('POST', path, { dueTime: '200ms' });
    await jobs('POST', `${path}/pause`);
    const other = `${name}-other`;
    await jobs('POST', `/v1.0/jobs/${other}`, { dueTime: '400ms' });
    await until(() => app.received.some((call) => call.path === `/job/${other}`));
    expect(sent()).toEqual([]);
    await jobs('POST', `${path}/resume`);
    await until(() => sent().length === 1);
  });

  it('every few milliseconds leaves the others as they are, and has one run at a time', async () => {
    let atOnce = 0;
    let most = 0;
    app.answer = async (call) => {
      if (call.path !== `/job/${name}`) return 200;
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      return 200;
    };
    await jobs('POST', path, { schedule: '@every 0s', repeats: 200 });
    const other = `${name}-other`;
    await jobs('POST', `/v1.0/jobs/${other}`, { dueTime: '50ms' });
    await until(() => sent().length === 200 && app.received.some((call) => call.path === `/job/${other}`));
    expect(most).toBe(1);
  });
});
