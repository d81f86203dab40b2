import { setImmediate as immediate } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { answer, ofJob, schedule } from '../../libs/domain/app-job/testing/app-jobs.js';
import { History, iso } from '../../libs/domain/testing/given.js';
import { DeliveryFeed } from './delivery-feed.js';
import type { DeliveryChange } from './delivery-feed.js';

const APP = { id: 'a', addresses: ['http://127.0.0.1:6001'], token: null, natsKey: null, callsAtOnce: 8 };

/** A feed that follows a history; what it has told. */
function following(history = new History()) {
  const told: DeliveryChange[] = [];
  const feed = new DeliveryFeed((changes) => told.push(...changes));
  return {
    history,
    feed,
    told,
    /** Lets something happen; gives what is told of it. */
    happens: (act: () => unknown): DeliveryChange[] => {
      const [from, before] = [history.events.length, told.length];
      act();
      feed.apply(history.events.slice(from) as RecordedEvent[], history.state);
      return told.slice(before);
    },
  };
}

describe('what is told of a commit', () => {
  it('is each run with all that its delivery takes, and its next attempt', () => {
    const { history, happens } = following();
    expect(happens(() => schedule(history, { dueTime: '0s' }, { payload: '[1]' }))).toEqual([]);
    const order = {
      run: 1,
      job: 1,
      outlivesJob: false,
      app: 'a',
      name: 'j',
      payload: '[1]',
      large: null,
      occurrence: iso(history.nowMs),
    };
    expect(happens(() => history.after(0))).toEqual([
      { kind: 'take', order: { ...order, attempt: 1, notBeforeMs: history.nowMs } },
    ]);
    expect(happens(() => answer(history, 'failed'))).toEqual([
      { kind: 'take', order: { ...order, attempt: 2, notBeforeMs: history.nowMs + 1000 } },
    ]);
    expect(happens(() => answer(history, 'taken'))).toEqual([]);
  });

  it('is that the runs of a job are not wanted any more', () => {
    const { history, happens } = following();
    schedule(history, { schedule: '@every 1s', overlap: 'cancel-running' });
    history.after(1000);
    expect(happens(() => history.after(1000))).toMatchObject([{ kind: 'drop-job', job: 1 }, { kind: 'take' }]);
    expect(happens(() => schedule(history, { dueTime: '1h' }, { overwrite: true }))).toEqual([
      { kind: 'drop-job', job: 1 },
    ]);
    expect(happens(() => history.when(ofJob('delete-app-job')))).toEqual([{ kind: 'drop-job', job: 2 }]);
    schedule(history, { dueTime: '1h' });
    const all = { type: 'delete-app-jobs', app: 'a', prefix: '', from: 0 } as const;
    expect(happens(() => history.when(all))).toEqual([{ kind: 'drop-job', job: 3 }]);
  });

  it('is a dead letter once it is asked for again, and once it is discarded', () => {
    const { history, happens } = following();
    schedule(history, { dueTime: '0s', failurePolicy: { drop: {} } }, { payload: '1' });
    history.after(0);
    expect(happens(() => answer(history, 'failed'))).toEqual([]);
    const redeliver = { type: 'redeliver-run', app: 'a', run: 1 } as const;
    expect(happens(() => history.when(redeliver))).toMatchObject([
      { kind: 'take', order: { run: 1, outlivesJob: true, name: 'j', payload: '1', attempt: 2 } },
    ]);
    answer(history, 'failed');
    expect(happens(() => history.when({ ...redeliver, type: 'discard-run' }))).toEqual([{ kind: 'drop', run: 1 }]);
  });

  it('is where apps are', () => {
    const { history, happens } = following();
    expect(happens(() => history.when({ type: 'define-app', app: APP }))).toEqual([{ kind: 'define-app', app: APP }]);
    expect(happens(() => history.when({ type: 'remove-app', id: 'a' }))).toEqual([{ kind: 'remove-app', id: 'a' }]);
  });
});

describe('what is told before anything is to be delivered', () => {
  it('is that it will be, once', () => {
    const history = new History();
    let told = 0;
    const feed = new DeliveryFeed(() => told++);
    feed.reset(history.state);
    expect(told).toBe(0);
    for (const name of ['j', 'k']) schedule(history, { dueTime: '1h' }, { name });
    for (const event of history.events) feed.apply([event as RecordedEvent], history.state);
    expect(told).toBe(1);
    const next = new DeliveryFeed(() => told++);
    next.reset(history.state);
    expect(told).toBe(2);
  });
});

describe('what is told of a state', () => {
  it('is its apps, then every run and every dead letter that is delivered again, a part at a time', async () => {
    const history = new History();
    history.when({ type: 'define-app', app: APP });
    schedule(history, { dueTime: '0s', failurePolicy: { drop: {} } }, { name: 'dead' });
    history.after(0);
    answer(history, 'failed');
    for (let index = 0; index < 700; index++) schedule(history, { dueTime: '0s' }, { name: `j${index}` });
    history.after(0);
    history.when({ type: 'redeliver-run', app: 'a', run: 1 });
    const { feed, told } = following(history);
    feed.reset(history.state);
    expect(told).toHaveLength(1 + 500);
    await immediate();
    await immediate();
    expect(told[0]).toEqual({ kind: 'define-app', app: APP });
    const runs = told.flatMap((change) => (change.kind === 'take' ? [change.order.run] : []));
    expect(runs).toEqual([...Array.from({ length: 700 }, (_, index) => index + 2), 1]);
  });

  it('is nothing more once its reign is over', async () => {
    const history = new History();
    for (let index = 0; index < 700; index++) schedule(history, { dueTime: '0s' }, { name: `j${index}` });
    history.after(0);
    const { feed, told } = following(history);
    feed.reset(history.state);
    feed.suspend();
    await immediate();
    await immediate();
    expect(told).toHaveLength(500);
  });
});
