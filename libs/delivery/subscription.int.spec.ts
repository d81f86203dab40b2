import { headers } from '@nats-io/transport-node';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { until } from '../platform/testing/until.js';
import { appSubjects } from './app-subjects.js';
import { app, idOf, order } from './testing/delivering.js';
import { startApp } from './testing/http-apps.js';
import { site } from './testing/site.js';

const here = site();
let apps: NatsConnection;
beforeAll(async () => {
  apps = await here.broker.connect('apps');
});

const subscriptions: Subscription[] = [];
afterEach(() => subscriptions.splice(0).forEach((subscription) => subscription.unsubscribe()));

/** Subscribes as an app does; what comes, and what it answers: at first nothing but that it is taken. */
async function subscribe(id = 'billing', reply: (message: Msg) => void = (message) => void message.respond()) {
  const got: Msg[] = [];
  subscriptions.push(
    apps.subscribe(appSubjects(id).jobs, {
      callback(_, message) {
        got.push(message);
        reply(message);
      },
    }),
  );
  await apps.flush();
  return got;
}

const runsOf = (got: readonly Msg[]) => got.map((message) => message.headers!.get('daybook-run-id'));

describe('a delivery by subscription', () => {
  it('brings the data, with what tells the run from others', async () => {
    const got = await subscribe();
    const deliveries = await here.open();
    deliveries.reset([order(7, { name: 'day end ü', payload: '{"a":"ü"}', attempt: 2 })], []);
    await here.world.untilReported(1);
    const [message] = got;
    expect(message!.string()).toBe('{"a":"ü"}');
    const header = (name: string) => message!.headers!.get(name);
    expect(['daybook-job', 'daybook-run-id', 'daybook-occurrence', 'daybook-attempt'].map(header)).toEqual([
      'day end ü',
      idOf(7),
      '2026-03-01T12:00:00Z',
      '2',
    ]);
    expect(header('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(here.world.told()).toEqual(['7/2 taken']);
  });

  it('is empty where there is no data, and brings large data from where it stands', async () => {
    const got = await subscribe();
    const deliveries = await here.open();
    const text = JSON.stringify('x'.repeat(500_000));
    const large = await here.world.largeValues.put(Buffer.from(text));
    deliveries.reset([order(1, { payload: null }), order(2, { payload: null, large })], []);
    await here.world.untilReported(2);
    expect(got.map((message) => message.string())).toEqual(['', text]);
  });

  it.each([
    ['', 'taken'],
    ['{"status":"SUCCESS"}', 'taken'],
    ['{"status":"drop"}', 'unknown'],
    ['{"status":"RETRY"}', 'refused'],
    ['no', 'refused'],
  ])('answered with %j is %s', async (text, kind) => {
    await subscribe('billing', (message) => void message.respond(text));
    const deliveries = await here.open();
    deliveries.reset([order(1)], []);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual([`1/1 ${kind}`]);
  });

  it('failed where a service answers with an error and nothing else', async () => {
    await subscribe('billing', (message) => {
      const error = headers();
      error.set('Nats-Service-Error', 'out of paper');
      error.set('Nats-Service-Error-Code', '500');
      message.respond('', { headers: error });
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], []);
    await here.world.untilReported(1);
    expect(here.world.failure()).toEqual({ kind: 'refused', msg: 'the reply is an error: out of paper', status: null });
  });

  it('failed where there is no reply in time', async () => {
    await subscribe('billing', () => {});
    const deliveries = await here.open({ timeoutMs: 50 });
    deliveries.reset([order(1)], []);
    await here.world.untilReported(1);
    const msg = 'no reply on daybook.apps.billing.jobs within 50 ms';
    expect(here.world.failure()).toEqual({ kind: 'timeout', msg, status: null });
  });

  it('failed where the data is larger than a message may be, and nothing is sent', async () => {
    const got = await subscribe();
    const deliveries = await here.open();
    const large = await here.world.largeValues.put(Buffer.alloc(2_000_000, 'x'));
    deliveries.reset([order(1, { payload: null, large })], []);
    await here.world.untilReported(1);
    expect(here.world.failure()!.msg).toMatch(/^the job's data has 2000000 bytes, expected at most \d+ at the broker$/);
    expect(here.world.failure()!.kind).toBe('refused');
    expect(got).toEqual([]);
  });

  it('failed where large data is lost', async () => {
    await subscribe();
    const deliveries = await here.open();
    deliveries.reset([order(1, { payload: null, large: { sha256: '1'.repeat(64), size: 100_000 } })], []);
    await here.world.untilReported(1);
    expect(here.world.failure()!.msg).toBe(`the job's data is lost: there is no large value ${'1'.repeat(64)}`);
  });

  it('goes to the app whose id it is, dots or not', async () => {
    const [dotted, plain] = [await subscribe('eu.billing'), await subscribe('eu')];
    const deliveries = await here.open();
    deliveries.reset([order(1, { app: 'eu.billing' }), order(2, { app: 'eu' })], [app([], { id: 'eu.billing' })]);
    await here.world.untilReported(2);
    expect([runsOf(dotted), runsOf(plain)]).toEqual([[idOf(1)], [idOf(2)]]);
  });

  it('is no more at once than an app takes, and none is sent twice', async () => {
    const held: Msg[] = [];
    const got = await subscribe('billing', (message) => void held.push(message));
    const deliveries = await here.open();
    deliveries.reset(
      [1, 2, 3, 4, 5].map((run) => order(run)),
      [app([], { callsAtOnce: 2 })],
    );
    for (let taken = 0; taken < 5; taken++) {
      await until(() => held.length === Math.min(2, 5 - taken));
      held.shift()!.respond();
      await here.world.untilReported(taken + 1);
    }
    expect(runsOf(got)).toEqual([1, 2, 3, 4, 5].map(idOf));
  });

  it('is forgotten where its run is dropped', async () => {
    const held: Msg[] = [];
    await subscribe('billing', (message) => void held.push(message));
    const deliveries = await here.open();
    deliveries.reset([order(1), order(2)], [app([], { callsAtOnce: 1 })]);
    await until(() => held.length === 1);
    deliveries.drop(1);
    await until(() => held.length === 2);
    held.forEach((message) => message.respond());
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['2/1 taken']);
  });
});

describe('an app that has not subscribed', () => {
  it('has its runs wait without counting anything, until it says that it is there', async () => {
    const deliveries = await here.open();
    deliveries.reset([order(3), order(1), order(2)], [app([], { callsAtOnce: 1 })]);
    expect(await here.world.untilLost()).toEqual(['nobody has subscribed']);
    expect(here.world.told()).toEqual([]);
    const got = await subscribe();
    apps.publish(appSubjects('billing').here);
    await here.world.untilReported(3);
    expect(runsOf(got)).toEqual([1, 2, 3].map(idOf));
  });

  it('is found without a word of it', async () => {
    const deliveries = await here.open();
    deliveries.reset([order(1)], []);
    await here.world.untilLost();
    const got = await subscribe();
    await here.world.untilReported(1);
    expect(runsOf(got)).toEqual([idOf(1)]);
  });

  it('is called at its addresses once it has some', async () => {
    const deliveries = await here.open();
    deliveries.reset([order(1)], []);
    await here.world.untilLost();
    const billing = await startApp();
    try {
      deliveries.defineApp(app([billing.url]));
      await here.world.untilReported(1);
      expect(billing.got).toHaveLength(1);
    } finally {
      await billing.stop();
    }
  });
});

describe('a broker that goes away and comes back', () => {
  it('costs a waiting run nothing, and one under way an attempt', async () => {
    const got = await subscribe('billing', (message) => {
      if (message.headers!.get('daybook-attempt') !== '1') message.respond();
    });
    const deliveries = await here.open({ timeoutMs: 2000 });
    deliveries.reset([order(1)], []);
    await until(() => got.length === 1);
    const statuses = here.nc.status();
    here.broker.signal('SIGKILL');
    for await (const { type } of statuses) if (type === 'disconnect') break;
    deliveries.take(order(2, { attempt: 2 }));
    await here.world.untilReported(2);
    expect(here.world.told().toSorted()).toEqual(['1/1 broken', '2/2 taken']);
  });
});

describe('many calls that are not answered', () => {
  it('of some apps keep no other one from its own', async () => {
    const hanging = ['a', 'b', 'c', 'd', 'e'];
    let begun = 0;
    for (const id of hanging) await subscribe(id, () => begun++);
    const others = await subscribe('other');
    const deliveries = await here.open();
    const apps_ = hanging.map((id) => app([], { id, callsAtOnce: 1000 }));
    const orders = hanging.flatMap((id, place) =>
      Array.from({ length: 1000 }, (_, index) => order(place * 1000 + index + 1, { app: id })),
    );
    deliveries.reset(orders, apps_);
    await until(() => begun >= 4000);
    deliveries.take(order(9999, { app: 'other' }));
    await here.world.untilReported(1);
    expect(runsOf(others)).toEqual([idOf(9999)]);
  });
});

describe('data that are too large for the broker', () => {
  it('fail, at the time when they do', async () => {
    const before = Date.now();
    const deliveries = await here.open();
    await subscribe();
    deliveries.reset([order(1, { payload: JSON.stringify('x'.repeat(2_000_000)) })], []);
    await here.world.untilReported(1);
    const [{ report }] = here.world.reports as [(typeof here.world.reports)[0]];
    expect(report.outcome).toMatchObject({ kind: 'failed', failure: { kind: 'refused' } });
    expect(Date.parse(report.startedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(report.finishedAt)).toBeGreaterThanOrEqual(Date.parse(report.startedAt));
  });
});
