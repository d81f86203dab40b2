import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  PersistMode,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { replicasOn, whenJetStreamIsUp } from '#broker';
import type { RecordedEvent } from '#domain';
import { FEED_SUBJECTS, feedSubject } from '../feed-subject.js';

const FEED = 'DAYBOOK_FEED';
const STREAM_ID = 'daybook-stream-id';

const DAY_MS = 86_400_000;

/** What is sent again comes at once; the server holds the ids in memory for so long. */
const REPEATS_MS = 1000;

/** Of what is sent without waiting for an answer. */
const MOST_BYTES = 1_000_000;
const MOST_EVENTS = 1000;

/** The stream that has each event of the log as a message of its own. The sequence of a message is the event's number. */
export interface Feed {
  /**
   * Number of the last event in it; 0: there is none.
   * @throws Error when something else has written to it
   */
  standsAt(): Promise<number>;
  /**
   * Adds events that follow directly on the last one.
   * @throws Error when they may not all have been stored; what was stored follows directly all the same
   */
  add(events: readonly RecordedEvent[]): Promise<void>;
}

/**
 * Opens the feed of a log, made at first.
 * @param maxAgeDays after which an event leaves the feed
 * @throws Error when the stream is the feed of another log
 */
export async function openFeed(nc: NatsConnection, streamId: string, maxAgeDays: number): Promise<Feed> {
  const jsm = await whenJetStreamIsUp(() => jetstreamManager(nc, { timeout: 2000 }));
  const maxAge = nanos(maxAgeDays * DAY_MS);
  const { config } = await whenJetStreamIsUp(() => findOrCreate(jsm, { streamId, maxAge, replicas: replicasOn(nc) }));
  const found = config.metadata?.[STREAM_ID];
  if (found !== streamId) {
    throw new Error(`stream ${FEED} is the feed of the log '${found}', expected '${streamId}'; remove that stream`);
  }
  if (config.max_age !== maxAge) await jsm.streams.update(FEED, { max_age: maxAge });
  return { standsAt: () => standsAt(jsm), add: (events) => addAll(nc, events) };
}

async function findOrCreate(
  jsm: JetStreamManager,
  { streamId, maxAge, replicas }: { streamId: string; maxAge: number; replicas: number },
): Promise<StreamInfo> {
  try {
    return await jsm.streams.info(FEED);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound) throw error;
    return jsm.streams.add({
      name: FEED,
      subjects: [FEED_SUBJECTS],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: maxAge,
      duplicate_window: nanos(REPEATS_MS),
      num_replicas: replicas,
      metadata: { [STREAM_ID]: streamId },
      // What a crash takes from its end is in the log, and comes again under the same numbers.
      ...(replicas === 1 && { persist_mode: PersistMode.Async }),
    });
  }
}

async function standsAt(jsm: JetStreamManager): Promise<number> {
  const { state } = await jsm.streams.info(FEED);
  const { last_seq: last, messages } = state;
  const message = messages === 0 ? null : await jsm.streams.getMessage(FEED, { seq: last });
  if (message && message.header.get('Nats-Msg-Id') !== String(last)) {
    throw new Error(
      `message ${last} of stream ${FEED} is none of the feed, expected event ${last}; remove that stream`,
    );
  }
  return last;
}

async function addAll(nc: NatsConnection, events: readonly RecordedEvent[]): Promise<void> {
  const js = jetstream(nc, { timeout: 5000 });
  let [waiting, bytes] = [0, 0];
  for (const [index, event] of events.entries()) {
    const [subject, payload] = [feedSubject(event), JSON.stringify(event)];
    const messageHeaders = headers();
    messageHeaders.set('Content-Type', 'application/cloudevents+json');
    messageHeaders.set('Nats-Msg-Id', event.id);
    messageHeaders.set('Nats-Expected-Last-Sequence', String(Number(event.id) - 1));
    bytes += payload.length;
    if (++waiting < MOST_EVENTS && bytes < MOST_BYTES && index < events.length - 1) {
      nc.publish(subject, payload, { headers: messageHeaders });
    } else {
      // It is stored only if all before it were, as each must follow on the one before.
      await js.publish(subject, payload, { headers: messageHeaders });
      [waiting, bytes] = [0, 0];
    }
  }
}
