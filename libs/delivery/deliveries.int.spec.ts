import { setImmediate as immediate } from 'node:timers/promises';
import { until } from '../platform/testing/until.js';
import { app, idOf, order } from './testing/delivering.js';
import { holdAnswers, startApp } from './testing/http-apps.js';
import type { HttpApp } from './testing/http-apps.js';
import { site } from './testing/site.js';

const here = site();

const start = () => here.ending(startApp());

const runsOf = ({ got }: HttpApp) => got.map(({ headers }) => headers['daybook-run-id']);

describe('deliveries', () => {
  it('are sent when they are due, the earlier first, in whatever order they came', async () => {
    const billing = await start();
    const deliveries = await here.open();
    const soonMs = Date.now() + 100;
    const came: number[] = [];
    billing.answer = (response) => {
      came.push(Date.now());
      response.end();
    };
    deliveries.reset([], [app([billing.url], { callsAtOnce: 1 })]);
    deliveries.take(order(5, { notBeforeMs: soonMs + 50 }));
    deliveries.take(order(4, { notBeforeMs: soonMs }));
    for (const run of [3, 1, 2]) deliveries.take(order(run));
    await here.world.untilReported(5);
    expect(runsOf(billing)).toEqual([1, 2, 3, 4, 5].map(idOf));
    expect(came[3]).toBeGreaterThanOrEqual(soonMs);
    expect(came[4]).toBeGreaterThanOrEqual(soonMs + 50);
  });

  it('are no more at once than an app takes', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset(
      Array.from({ length: 10 }, (_, run) => order(run)),
      [app([billing.url], { callsAtOnce: 3 })],
    );
    let most = 0;
    while (here.world.reports.length < 10) {
      await until(() => held.length === Math.min(3, 10 - here.world.reports.length));
      most = Math.max(most, held.length);
      release(1);
      const reported = here.world.reports.length + 1;
      await here.world.untilReported(reported);
    }
    expect(most).toBe(3);
    expect(billing.got).toHaveLength(10);
  });

  it('are as many at once as an app takes from now on', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset(
      [1, 2, 3, 4].map((run) => order(run)),
      [app([billing.url], { callsAtOnce: 1 })],
    );
    await until(() => held.length === 1);
    deliveries.defineApp(app([billing.url], { callsAtOnce: 4 }));
    await until(() => held.length === 4);
    release(4);
    await here.world.untilReported(4);
  });

  it('to one app do not wait for another that is slow', async () => {
    const [slow, quick] = [await start(), await start()];
    holdAnswers(slow);
    const deliveries = await here.open();
    const toSlow = Array.from({ length: 200 }, (_, run) => order(run, { app: 'slow' }));
    const toQuick = Array.from({ length: 20 }, (_, run) => order(1000 + run));
    deliveries.reset([...toSlow, ...toQuick], [app([slow.url], { id: 'slow' }), app([quick.url])]);
    await here.world.untilReported(20);
    expect(runsOf(quick).toSorted()).toEqual(toQuick.map(({ run }) => idOf(run)).toSorted());
  });

  it('go to the app as it is defined, else as the settings have it', async () => {
    const [configured, defined] = [await start(), await start()];
    const deliveries = await here.open({ configuredApps: [{ id: 'billing', addresses: [configured.url] }] });
    deliveries.reset([order(1)], []);
    await here.world.untilReported(1);
    deliveries.defineApp(app([defined.url]));
    deliveries.take(order(2));
    await here.world.untilReported(2);
    deliveries.removeApp('billing');
    deliveries.take(order(3));
    await here.world.untilReported(3);
    expect([runsOf(configured), runsOf(defined)]).toEqual([[idOf(1), idOf(3)], [idOf(2)]]);
  });

  it('that are under way go on where the app is defined anew', async () => {
    const [old, other] = [await start(), await start()];
    const { held, release } = holdAnswers(old);
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([old.url])]);
    await until(() => held.length === 1);
    deliveries.defineApp(app([other.url]));
    release(1);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 taken']);
    expect(other.got).toEqual([]);
  });
});

describe('a run that is dropped', () => {
  it('is aborted where it is under way, is not reported, and makes room for the next', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1), order(2)], [app([billing.url], { callsAtOnce: 1 })]);
    await until(() => held.length === 1);
    deliveries.drop(1);
    await until(() => held[0]!.socket!.destroyed && held.length === 2);
    release(2);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['2/1 taken']);
  });

  it('is not sent where it waits, alone or with all of its job', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    const soonMs = Date.now() + 50;
    const ofJob = [order(2, { job: 9 }), order(3, { job: 9, notBeforeMs: soonMs }), order(4, { job: 9 })];
    deliveries.reset(
      [order(1), ...ofJob, order(5), order(6, { notBeforeMs: soonMs })],
      [app([billing.url], { callsAtOnce: 1 })],
    );
    await until(() => held.length === 1);
    deliveries.drop(5);
    deliveries.dropJob(9);
    release(1);
    await until(() => held.length === 1 && runsOf(billing).length === 2);
    release(1);
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '6/1 taken']);
    expect(runsOf(billing)).toEqual([1, 6].map(idOf));
  });

  it('is not that of a job which it outlives', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1, { job: 9, outlivesJob: true })], [app([billing.url])]);
    await until(() => held.length === 1);
    deliveries.dropJob(9);
    release(1);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 taken']);
  });

  it('is sent where it comes again', async () => {
    const billing = await start();
    const deliveries = await here.open();
    deliveries.reset([], [app([billing.url])]);
    deliveries.take(order(1));
    deliveries.drop(1);
    deliveries.take(order(1, { attempt: 2 }));
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/2 taken']);
  });
});

describe('an attempt', () => {
  it('that is known is not sent a second time', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1, { attempt: 2 })], [app([billing.url])]);
    await until(() => held.length === 1);
    deliveries.take(order(1, { attempt: 2 }));
    deliveries.take(order(1, { attempt: 1 }));
    deliveries.take(order(2));
    await until(() => held.length === 2);
    release(2);
    await here.world.untilReported(2);
    expect(runsOf(billing)).toEqual([1, 2].map(idOf));
  });

  it('goes out while the report of the one before is being stored', async () => {
    const billing = await start();
    billing.answer = (response, { headers }) =>
      void response.writeHead(headers['daybook-attempt'] === '1' ? 500 : 200).end();
    const stored: (() => void)[] = [];
    const deliveries = await here.open({ report: () => new Promise<void>((resolve) => stored.push(resolve)) });
    deliveries.reset([order(1)], [app([billing.url])]);
    await until(() => stored.length === 1);
    deliveries.take(order(1, { attempt: 2 }));
    stored[0]!();
    await until(() => stored.length === 2);
    stored[1]!();
    expect(billing.got.map(({ headers }) => headers['daybook-attempt'])).toEqual(['1', '2']);
  });
});

describe('a report', () => {
  it('is given again under the same command id until it is stored', async () => {
    const billing = await start();
    const ids: string[] = [];
    const deliveries = await here.open({
      report: (_, { commandId }) =>
        ids.push(commandId) < 3 ? Promise.reject(new Error('no writer')) : Promise.resolve(),
    });
    deliveries.reset([order(1)], [app([billing.url])]);
    await until(() => ids.length === 3);
    expect(ids).toEqual([`${idOf(1)}/1`, `${idOf(1)}/1`, `${idOf(1)}/1`]);
    expect(billing.got).toHaveLength(1);
  });

  it('is not given again once the run is dropped', async () => {
    const billing = await start();
    const tried: number[] = [];
    const deliveries = await here.open({
      report({ run }) {
        tried.push(run);
        return Promise.reject(new Error('no writer'));
      },
    });
    deliveries.reset([order(1)], [app([billing.url])]);
    await until(() => tried.length === 1);
    deliveries.drop(1);
    // The second time of a report that was rejected later comes after that of one rejected before.
    deliveries.take(order(2));
    await until(() => tried.length === 3);
    expect(tried).toEqual([1, 2, 2]);
  });
});

describe('a new reign', () => {
  it('drops what went before, and begins with its own', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset(
      [order(1), order(2), order(3, { notBeforeMs: Date.now() + 50 })],
      [app([billing.url], { callsAtOnce: 1 })],
    );
    await until(() => held.length === 1);
    deliveries.reset([order(2, { attempt: 4 })], [app([billing.url], { callsAtOnce: 1 })]);
    await until(() => held.length === 2 && held[0]!.socket!.destroyed);
    release(2);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['2/4 taken']);
  });

  it('does not know apps that it was not told of', async () => {
    const [configured, defined] = [await start(), await start()];
    const deliveries = await here.open({ configuredApps: [{ id: 'billing', addresses: [configured.url] }] });
    deliveries.reset([], [app([defined.url])]);
    deliveries.reset([order(1)], []);
    await here.world.untilReported(1);
    expect([configured.got.length, defined.got.length]).toEqual([1, 0]);
  });

  it('is waited for once deliveries are suspended', async () => {
    const billing = await start();
    const { held } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1), order(2)], [app([billing.url], { callsAtOnce: 1 })]);
    await until(() => held.length === 1);
    deliveries.suspend();
    await until(() => held[0]!.socket!.destroyed);
    deliveries.reset([order(3)], [app([billing.url])]);
    await until(() => held.length === 2);
    expect(runsOf(billing)).toEqual([1, 3].map(idOf));
    expect(here.world.told()).toEqual([]);
  });
});

describe('deliveries that are closed', () => {
  it('let what is under way end and be reported, and begin nothing more', async () => {
    const billing = await start();
    const { held, release } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1), order(2)], [app([billing.url], { callsAtOnce: 1 })]);
    await until(() => held.length === 1);
    const closed = deliveries.close();
    await immediate();
    release(1);
    await closed;
    expect(here.world.told()).toEqual(['1/1 taken']);
    expect(billing.got).toHaveLength(1);
  });

  it('drop what does not end', async () => {
    const billing = await start();
    const { held } = holdAnswers(billing);
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await until(() => held.length === 1);
    await deliveries.close();
    await until(() => held[0]!.socket!.destroyed);
    expect(here.world.told()).toEqual([]);
  });
});
