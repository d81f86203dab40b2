import { until } from '../platform/testing/until.js';
import { app, idOf, order } from './testing/delivering.js';
import type { World } from './testing/delivering.js';
import { startApp } from './testing/http-apps.js';
import type { HttpApp } from './testing/http-apps.js';
import { site } from './testing/site.js';

const here = site();

let billing: HttpApp;
beforeEach(async () => {
  billing = await here.ending(startApp());
});

describe('a delivery over HTTP', () => {
  it('posts the data to the job, with what tells the run from others', async () => {
    const deliveries = await here.open({ openToken: ({ id }) => `secret of ${id}` });
    deliveries.reset([order(7, { payload: '{"a":[1,2.50]}', attempt: 3 })], [app([billing.url])]);
    await billing.untilGot(1);
    const [got] = billing.got;
    expect([got!.method, got!.path, got!.body]).toEqual(['POST', '/job/job-7', '{"a":[1,2.50]}']);
    expect(got!.headers).toEqual({
      host: `127.0.0.1:${billing.port}`,
      connection: 'keep-alive',
      'content-type': 'application/json',
      'content-length': '14',
      'dapr-api-token': 'secret of billing',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/) as string,
      'daybook-run-id': idOf(7),
      'daybook-occurrence': '2026-03-01T12:00:00Z',
      'daybook-attempt': '3',
    });
  });

  it('has an empty body where there is no data, and no token where the app has none', async () => {
    const deliveries = await here.open();
    deliveries.reset([order(1, { payload: null })], [app([billing.url])]);
    await billing.untilGot(1);
    expect(billing.got[0]!.body).toBe('');
    expect(billing.got[0]!.headers).toMatchObject({ 'content-length': '0' });
    expect(billing.got[0]!.headers).not.toHaveProperty('dapr-api-token');
  });

  it.each([
    ['/', 'plain', '/job/plain'],
    ['/base/', 'plain', '/base/job/plain'],
    ['/a/b', 'day end|ü@%', '/a/b/job/day%20end%7C%C3%BC%40%25'],
    ['', '\ud800', '/job/%EF%BF%BD'],
  ])('goes below the path of the address: %j, job %j', async (path, name, expected) => {
    const deliveries = await here.open();
    deliveries.reset([order(1, { name })], [app([billing.url + path])]);
    await billing.untilGot(1);
    expect(billing.got[0]!.path).toBe(expected);
  });

  it('brings data as it is, whatever its characters', async () => {
    const deliveries = await here.open();
    const payload = JSON.stringify({ text: 'ü €𝄞\u0000\u2028', deep: [[[{}]]], big: 'x'.repeat(300_000) });
    deliveries.reset([order(1, { payload })], [app([billing.url])]);
    await billing.untilGot(1);
    expect(billing.got[0]!.body).toBe(payload);
  });

  it('brings large data from where it stands', async () => {
    const deliveries = await here.open();
    const text = JSON.stringify({ big: 'ü'.repeat(1_000_000) });
    const large = await here.world.largeValues.put(Buffer.from(text));
    deliveries.reset([order(1, { payload: null, large })], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(billing.got[0]!.body).toBe(text);
    expect(billing.got[0]!.headers).toMatchObject({ 'content-length': String(large.size) });
    expect(here.world.told()).toEqual(['1/1 taken']);
  });

  it('fails where large data is lost, and no app gets a part of it as a whole', async () => {
    const deliveries = await here.open();
    const large = { sha256: '0'.repeat(64), size: 100_000 };
    deliveries.reset([order(1, { payload: null, large })], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.failure()).toMatchObject({
      kind: 'broken',
      msg: `the job's data is lost: there is no large value ${large.sha256}`,
    });
    expect(billing.got).toEqual([]);
  });

  it('waits where large data cannot be read for now', async () => {
    const deliveries = await here.open();
    const large = await here.world.largeValues.put(Buffer.from(JSON.stringify('x'.repeat(200_000))));
    here.broker.signal('SIGSTOP');
    deliveries.reset([order(1, { payload: null, large })], [app([billing.url])]);
    await until(() => here.world.logged.some(({ msg }) => msg === 'a run cannot be sent now'));
    here.broker.signal('SIGCONT');
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 taken']);
    expect(billing.got).toHaveLength(1);
  });

  it('fails where the request cannot be made, and is not taken for a lack of a connection', async () => {
    const deliveries = await here.open({ openToken: () => 'two\nlines' });
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.failure()).toEqual({
      kind: 'broken',
      msg: 'no request can be made: invalid dapr-api-token header',
      status: null,
    });
    expect(here.world.logged).toEqual([]);
  });

  it.each([
    [200, 'taken'],
    [204, 'taken'],
    [404, 'unknown'],
    [400, 'status'],
    [503, 'status'],
  ])('answered with %i is %s', async (status, kind) => {
    billing.answer = (response) => void response.writeHead(status).end('what the app says of it');
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual([`1/1 ${kind}`]);
  });

  it('does not follow redirects', async () => {
    const other = await startApp();
    try {
      billing.answer = (response) => void response.writeHead(307, { location: `${other.url}/job/job-1` }).end();
      const deliveries = await here.open();
      deliveries.reset([order(1)], [app([billing.url])]);
      await here.world.untilReported(1);
      const msg = `${billing.url} answered 307, expected an answer of its own: redirects are not followed`;
      expect(here.world.failure()).toEqual({ kind: 'status', msg, status: 307 });
      expect(other.got).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it('goes by the final status, not by one that comes before', async () => {
    billing.answer = (response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(500).end();
    };
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.failure()).toMatchObject({ kind: 'status', status: 500 });
  });

  it('does not wait for the end of an answer that is far too long', async () => {
    billing.answer = (response) => {
      const more = () => response.write('x'.repeat(100_000), (error) => error ?? more());
      more();
    };
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 taken']);
  });

  it('is reported once, with its times and under an id of its own', async () => {
    const deliveries = await here.open();
    deliveries.reset([order(1, { job: 5, attempt: 2 })], [app([billing.url])]);
    const before = Date.now();
    await here.world.untilReported(1);
    const [{ report, meta }] = here.world.reports as [World['reports'][0]];
    expect(meta).toEqual({ commandId: `${idOf(1)}/2`, actor: 'app/billing', correlationId: 'app-job/5' });
    expect(report).toMatchObject({ type: 'report-delivery', run: 1, attempt: 2, outcome: { kind: 'taken' } });
    const times = [before, Date.parse(report.startedAt), Date.parse(report.finishedAt), Date.now() + 1];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/2 taken', '2/1 taken']);
  });
});
