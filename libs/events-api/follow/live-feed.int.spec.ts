import { setImmediate as immediate } from 'node:timers/promises';
import { EVENT_VERSIONS } from '#domain';
import type { EventType } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import { appendCommits } from '../../event-log/testing/commits.js';
import { until } from '../../platform/testing/until.js';
import { NO_FILTER } from '../event-filter.js';
import type { EventsPorts } from '../ports.js';
import { EventReader } from '../stream/event-reader.js';
import { LiveFeed } from './live-feed.js';

const ALL: ReadonlySet<EventType> = new Set(Object.keys(EVENT_VERSIONS) as EventType[]);

let broker: TestBroker;
let log: EventLog;
let end: LogPosition = LOG_START;
beforeAll(async () => {
  broker = await startBroker();
  log = await openJetStreamLog(await broker.connect('feed'));
});
afterAll(() => broker.stop());

const write = async (events: number) => (end = await appendCommits(log, end, [events]));

/** A feed whose way through the log can be held up. */
function openFeed(over: Partial<EventsPorts['log']> = {}) {
  let waiting = 0;
  let gate: PromiseWithResolvers<void> | null = null;
  const giveWay = async () => {
    waiting++;
    await gate?.promise;
  };
  const ports = { log: { ...log, ...over }, giveWay } as unknown as EventsPorts;
  return {
    feed: new LiveFeed(ports, () => undefined),
    hold: () => {
      waiting = 0;
      return (gate = Promise.withResolvers<void>());
    },
    untilAsked: (times: number) => until(() => waiting >= times),
  };
}

/** A reader that notes the numbers of what comes. */
function reader(after: number) {
  const opened = new EventReader(NO_FILTER, ALL, after);
  const got: number[] = [];
  opened.on('data', (chunk: Buffer) => {
    for (const [, id] of chunk.toString().matchAll(/^id: (\d+)$/gm)) got.push(Number(id));
  });
  return Object.assign(opened, { got, untilGot: (number: number) => until(() => got.includes(number)) });
}

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('following the log for readers', () => {
  it('gives each event once to who comes while an earlier run has yet to notice that its last reader left', async () => {
    await write(2);
    const { feed, hold, untilAsked } = openFeed();
    const first = reader(end.number);
    feed.enter(first);
    await feed.join(first);
    // The last commit stands before it.
    await untilAsked(1);
    const held = hold();
    const begun = end.number;
    await write(3);
    await untilAsked(1);
    feed.leave(first);
    const second = reader(begun);
    feed.enter(second);
    expect(await feed.join(second)).toBe(true);
    held.resolve();
    await write(1);
    await second.untilGot(end.number);
    expect(second.got).toEqual(upTo(begun + 1, end.number));
    feed.leave(second);
  });

  it('goes on in one run where an earlier one could not begin', async () => {
    await write(1);
    const failing = Promise.withResolvers<LogPosition>();
    let begun = 0;
    const { feed } = openFeed({ before: (number) => (begun++ === 0 ? failing.promise : log.before(number)) });
    const first = reader(end.number);
    feed.enter(first);
    feed.leave(first);
    const second = reader(end.number);
    feed.enter(second);
    expect(await feed.join(second)).toBe(true);
    failing.reject(new Error('the broker is not there'));
    await immediate();
    const after = end.number;
    const third = reader(after);
    feed.enter(third);
    expect(await feed.join(third)).toBe(true);
    expect(begun).toBe(2);
    await write(2);
    await Promise.all([second, third].map((each) => each.untilGot(end.number)));
    expect([second.got, third.got]).toEqual([upTo(after + 1, end.number), upTo(after + 1, end.number)]);
    for (const each of [second, third]) feed.leave(each);
  });
});
