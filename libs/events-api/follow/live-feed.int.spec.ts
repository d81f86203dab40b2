import { setImmediate as immediate } from 'node:timers/promises';
import { EVENT_VERSIONS } from '#domain';
import type { EventType } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { createLogger } from '#platform';
import { createPositions, startProjector } from '#projections';
import { openBeside, openReadStore, orchestrator } from '#read-store';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import { appendCommits } from '../../event-log/testing/commits.js';
import { until } from '../../platform/testing/until.js';
import { appendEvents } from '../../projections/testing/log.js';
import { temporaryFolder } from '../../read-store/testing/databases.js';
import { History } from '../../read-store/testing/history.js';
import { NO_FILTER } from '../event-filter.js';
import type { EventsPorts } from '../ports.js';
import { EventReader } from '../stream/event-reader.js';
import { LiveFeed } from './live-feed.js';

const ALL: ReadonlySet<EventType> = new Set(Object.keys(EVENT_VERSIONS) as EventType[]);

const TABLES_MS = 30_000;

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
function openFeed(on: EventsPorts['log'], tables: Partial<EventsPorts> = {}) {
  let waiting = 0;
  let gate: PromiseWithResolvers<void> | null = null;
  const giveWay = async () => {
    waiting++;
    await gate?.promise;
  };
  const ports = { log: on, giveWay, ...tables } as EventsPorts;
  const behind: EventReader[] = [];
  return {
    feed: new LiveFeed(ports, { onEvent: () => undefined, onBehind: (reader) => behind.push(reader) }),
    behind,
    hold: () => {
      waiting = 0;
      return (gate = Promise.withResolvers<void>());
    },
    untilAsked: (times: number) => until(() => waiting >= times),
  };
}

/** A reader that notes the numbers of what comes. */
function reader(after: number, owner: string | null = null) {
  const opened = new EventReader({ ...NO_FILTER, owner }, ALL, after);
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
    const { feed, hold, untilAsked } = openFeed(log);
    const first = reader(end.number);
    feed.enter();
    await feed.join(first);
    // The last commit stands before it.
    await untilAsked(1);
    const held = hold();
    const begun = end.number;
    await write(3);
    await untilAsked(1);
    feed.leave(first);
    const second = reader(begun);
    feed.enter();
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
    const { feed } = openFeed({ ...log, before: (number) => (begun++ === 0 ? failing.promise : log.before(number)) });
    const first = reader(end.number);
    feed.enter();
    feed.leave(first);
    const second = reader(end.number);
    feed.enter();
    expect(await feed.join(second)).toBe(true);
    failing.reject(new Error('the broker is not there'));
    await immediate();
    const after = end.number;
    const third = reader(after);
    feed.enter();
    expect(await feed.join(third)).toBe(true);
    expect(begun).toBe(2);
    await write(2);
    await Promise.all([second, third].map((each) => each.untilGot(end.number)));
    expect([second.got, third.got]).toEqual([upTo(after + 1, end.number), upTo(after + 1, end.number)]);
    for (const each of [second, third]) feed.leave(each);
  });
});

describe('readers who need to know whose events are', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await folder.remove();
  });

  it('wait for the tables, and nobody else does', async () => {
    const own = await startBroker();
    closing.push(() => own.stop());
    const log = await openJetStreamLog(await own.connect('feed'));
    const store = await openReadStore({ databaseUrl: null, dataDir: folder.path });
    closing.push(() => store.close());
    const written = new History().subject('kate', 'kate').job(1, { owner: 'kate' });
    // The last commit is read by whoever follows from now on: it does not say whose the job is.
    const created = written.events.length;
    written.add('daybook.job.started', { id: 1 });
    let at = await appendEvents(log, [written.events.slice(0, created), written.events.slice(created)]);
    const append = async () => {
      const before = written.events.length;
      written.start(1, 'n1').end(1, 'n1', 'finished');
      at = await appendEvents(log, [written.events.slice(before)], at);
    };

    const gate = Promise.withResolvers<void>();
    closing.push(() => Promise.resolve(gate.resolve()));
    const progress = createPositions();
    const projector = startProjector({
      log,
      store: store.projections,
      projections: [orchestrator],
      openBeside: () => openBeside({ databaseUrl: null, dataDir: folder.path }),
      logger: createLogger('test', 'silent'),
      ...progress,
      giveWay: () => gate.promise,
    });
    closing.push(() => projector.stop());
    const { feed, behind } = openFeed(log, {
      queries: store.queries,
      positions: {
        waitFor: (position) => progress.waitFor(orchestrator.name, position, TABLES_MS),
        troubles: () => [],
      },
    });
    const [plain, kates, toms] = [reader(at.number), reader(at.number, 'kate'), reader(at.number, 'tom')];
    const [begun, all] = [at.number, [plain, kates, toms]];
    for (const each of all) {
      feed.enter();
      expect(await feed.join(each)).toBe(true);
    }
    await append();
    await plain.untilGot(at.number);
    expect(behind.map(({ wanted }) => wanted.owner)).toEqual(['kate', 'tom']);
    const joining = Promise.all([kates, toms].map((each) => feed.join(each)));
    await append();
    await plain.untilGot(at.number);
    gate.resolve();
    expect(await joining).toEqual([true, true]);
    await kates.untilGot(at.number);
    expect([plain.got, kates.got, toms.got]).toEqual([upTo(begun + 1, at.number), upTo(begun + 1, at.number), []]);
    for (const each of all) feed.leave(each);
  });
});
