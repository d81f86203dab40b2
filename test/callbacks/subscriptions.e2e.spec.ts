import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { createUser } from '@nats-io/nkeys';
import { request } from 'undici';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { until } from '../../libs/platform/testing/until.js';
import { jobsClientOf } from './client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_APP_TIMEOUT_MS: '1000' } });
}, 60_000);
afterAll(() => server?.stop());

interface Sent {
  readonly id: string;
  readonly event: string;
  readonly data: {
    readonly run: string;
    readonly name: string;
    readonly attempt: number;
    readonly data?: unknown;
  };
}

/** Listens for the jobs of an app; what came until now, and how to leave. */
async function listen(app: string) {
  const leaving = new AbortController();
  const { body, headers } = await request(new URL('/v1.0/deliveries', server.jobsUrl), {
    headers: { 'dapr-app-id': app },
    signal: leaving.signal,
  });
  expect(headers['content-type']).toBe('text/event-stream');
  const sent: Sent[] = [];
  let rest = '';
  body.on('data', (bytes: Buffer) => {
    const blocks = (rest + bytes.toString()).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks.filter((each) => each !== ':')) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as Record<
        string,
        string
      >;
      sent.push({ id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']!) as Sent['data'] });
    }
  });
  body.on('error', () => undefined);
  return { sent, leave: () => leaving.abort() };
}

describe('an app that listens for its jobs as server-sent events', () => {
  it('has what waited for it at once, and each job until it is answered', async () => {
    const jobs = jobsClientOf(server, 'listener');
    await jobs('POST', '/v1.0/jobs/early', { dueTime: '0s', data: { a: 'line\nbreak' } });
    const stream = await listen('listener');
    await until(() => stream.sent.length === 1);
    const [early] = stream.sent;
    expect(early).toMatchObject({ event: 'job', data: { name: 'early', attempt: 1, data: { a: 'line\nbreak' } } });
    const answer = (status: string) => jobs('POST', `/v1.0/deliveries/${early!.data.run}`, { status });
    expect((await answer('MAYBE')).status).toBe(400);
    expect((await answer('RETRY')).status).toBe(204);
    await until(() => stream.sent.length === 2);
    expect(stream.sent[1]!.data).toMatchObject({ run: early!.data.run, attempt: 2 });
    expect((await answer('SUCCESS')).status).toBe(204);
    expect((await answer('SUCCESS')).status).toBe(404);
    await until(async () => (await jobs('GET', '/v1.0/jobs/early')).status === 500);
    stream.leave();
  });

  it('that leaves has what it did not answer given to whoever comes', async () => {
    const jobs = jobsClientOf(server, 'leaver');
    const first = await listen('leaver');
    await jobs('POST', '/v1.0/jobs/j', { dueTime: '0s', failurePolicy: { constant: { interval: '0s' } } });
    await until(() => first.sent.length === 1);
    first.leave();
    const second = await listen('leaver');
    await until(() => second.sent.length === 1);
    expect(second.sent[0]!.data.run).toBe(first.sent[0]!.data.run);
    const attempts = async () =>
      ((await jobs('GET', '/v1.0/jobs/j/runs')).json as { runs: { attempts: unknown[] }[] }).runs[0]!.attempts;
    // The list may be behind what is sent.
    await until(async () => (await attempts()).length > 0);
    expect(await attempts()).toMatchObject([{ failure: { kind: 'broken' } }]);
    await jobs('POST', `/v1.0/deliveries/${second.sent[0]!.data.run}`, { status: 'SUCCESS' });
    second.leave();
  });
});

describe('an app that listens twice', () => {
  it('has the answer of whoever was asked last count, and none that comes too late', async () => {
    const jobs = jobsClientOf(server, 'twice');
    const silent = await listen('twice');
    await jobs('POST', '/v1.0/jobs/j', { dueTime: '0s', failurePolicy: { constant: { interval: '0s' } } });
    await until(() => silent.sent.length === 1);
    const answering = await listen('twice');
    await until(() => answering.sent.length === 1);
    const run = answering.sent[0]!.data.run;
    expect((await jobs('POST', `/v1.0/deliveries/${run}`, { status: 'SUCCESS' })).status).toBe(204);
    await until(async () => (await jobs('GET', '/v1.0/jobs/j')).status === 500);
    expect((await jobs('POST', `/v1.0/deliveries/${run}`, { status: 'SUCCESS' })).status).toBe(404);
    silent.leave();
    answering.leave();
  });

  it('asks only for the head, and is given no job by that', async () => {
    const { statusCode } = await request(new URL('/v1.0/deliveries', server.jobsUrl), {
      method: 'HEAD',
      headers: { 'dapr-app-id': 'head' },
    });
    expect(statusCode).toBe(200);
  });
});

describe('an app that takes its jobs over NATS', () => {
  it('is let in with its own key, sees its own jobs only, and answers them', async () => {
    const user = createUser();
    const admin = jobsClientOf(server, 'default', { 'x-authentication': server.token });
    const body = { addresses: [], natsKey: user.getPublicKey() };
    expect((await admin('PUT', '/v1.0/apps/orders', body)).status).toBe(200);
    const { port } = new URL(`nats://${String(embeddedBroker(server.dataDir).servers)}`);
    const options = { servers: `127.0.0.1:${port}`, authenticator: nkeyAuthenticator(user.getSeed()) };
    const nc = await connect(options);
    const got: { readonly name: string | undefined; readonly text: string }[] = [];
    nc.subscribe('daybook.apps.orders.jobs', {
      queue: 'jobs',
      callback: (_error, message) => {
        got.push({ name: message.headers?.get('daybook-job'), text: message.string() });
        message.respond(JSON.stringify({ status: 'SUCCESS' }));
      },
    });
    const forbidden = nc.subscribe('daybook.apps.>', { callback: () => undefined });
    await expect(forbidden.closed).resolves.toBeInstanceOf(Error);
    nc.publish('daybook.apps.orders.here');
    const jobs = jobsClientOf(server, 'orders');
    await jobs('POST', '/v1.0/jobs/ship', { dueTime: '0s', data: [1, 2] });
    await until(() => got.length === 1);
    expect(got).toEqual([{ name: 'ship', text: '[1,2]' }]);
    await until(async () => (await jobs('GET', '/v1.0/jobs/ship')).status === 500);
    await nc.close();
  });
});
