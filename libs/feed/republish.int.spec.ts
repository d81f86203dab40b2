import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { createLogger } from '#platform';
import { appendCommits, readAll } from '../event-log/testing/commits.js';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { until } from '../platform/testing/until.js';
import { feedSubject } from './feed-subject.js';
import { openFeed } from './jetstream/feed-stream.js';
import type { Feed } from './jetstream/feed-stream.js';
import { republish } from './republish.js';

const FEED = 'DAYBOOK_FEED';

let nats: TestBroker;
let log: EventLog;
let feed: Feed;
let jsm: JetStreamManager;
let end: LogPosition;
beforeAll(async () => {
  nats = await startBroker();
  const connection = await nats.connect('test');
  log = await openJetStreamLog(connection);
  feed = await openFeed(connection, log.streamId, 7);
  jsm = await jetstreamManager(connection);
  end = LOG_START;
});
afterAll(() => nats.stop());

const write = async (sizes: readonly number[]) => (end = await appendCommits(log, end, sizes));
const stands = () => feed.standsAt().catch(() => -1);

/** Republishes as a process of its own would; gives how it is ended. */
async function start() {
  const connection = await nats.connect('feed');
  const closing = new AbortController();
  const open = async () => {
    const own = await openJetStreamLog(connection);
    return { log: own, feed: await openFeed(connection, own.streamId, 7) };
  };
  const logger = createLogger('test', 'silent');
  const ended = republish({ open, giveWay: () => Promise.resolve(), logger }, closing.signal);
  return () => {
    closing.abort();
    return ended;
  };
}

/** Messages of the feed from the one with this number, as they should be, too. */
async function messagesFrom(first: number) {
  const consumer = await jetstream(await nats.connect('reader')).consumers.get(FEED, { opt_start_seq: first });
  const found: object[] = [];
  for await (const message of await consumer.consume()) {
    found.push({
      sequence: message.seq,
      subject: message.subject,
      id: message.headers?.get('Nats-Msg-Id'),
      event: message.string(),
    });
    if (message.info.pending === 0) break;
  }
  const events = (await readAll(log, LOG_START)).flatMap((commit) => commit.events).slice(first - 1);
  const expected = events.map((event) => ({
    sequence: Number(event.id),
    subject: feedSubject(event),
    id: event.id,
    event: JSON.stringify(event),
  }));
  return { found, expected };
}

describe('the feed', () => {
  it('has each event once and in order, although two write to it and the broker is killed', async () => {
    await write(Array<number>(16).fill(500));
    const ends = await Promise.all([start(), start()]);
    for (const passed of [0, 3000]) {
      await until(async () => (await stands()) > passed);
      nats.signal('SIGKILL');
    }
    await until(async () => (await stands()) === end.number);
    await Promise.all(ends.map((stop) => stop()));
    const { found, expected } = await messagesFrom(1);
    expect(found).toEqual(expected);
  });

  it('goes on from where it stands, also when retention has left none of its messages', async () => {
    await jsm.streams.purge(FEED);
    const before = end.number;
    await write([3]);
    const stop = await start();
    await write([1, 2]);
    await until(async () => (await stands()) === end.number);
    await stop();
    const { found, expected } = await messagesFrom(before + 1);
    expect([found.length, found]).toEqual([6, expected]);
  });

  it('keeps events as long as was said last', async () => {
    await openFeed(await nats.connect('feed'), log.streamId, 3);
    expect((await jsm.streams.info(FEED)).config).toMatchObject({ max_age: 3 * 86_400 * 1e9, max_msgs: -1 });
  });

  it('is of one log', async () => {
    const opened = openFeed(await nats.connect('feed'), 'another', 7);
    await expect(opened).rejects.toThrow(
      `stream DAYBOOK_FEED is the feed of the log '${log.streamId}', expected 'another'`,
    );
  });

  it('is not gone on with once something else has written to it', async () => {
    await jetstream(await nats.connect('intruder')).publish('daybook.events.job.1.finished', '{}');
    await expect(feed.standsAt()).rejects.toThrow(
      `message ${end.number + 1} of stream DAYBOOK_FEED is none of the feed, expected event ${end.number + 1}`,
    );
  });
});
