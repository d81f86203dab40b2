import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DiscardPolicy, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';

export const STREAM = 'DAYBOOK';
export const PARTITION = 0;
export const SUBJECT = `daybook.log.${PARTITION}`;

const STREAM_ID = 'daybook-stream-id';

const SETTINGS = {
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.New,
  max_age: 0,
  max_bytes: -1,
  max_msgs: -1,
  max_msgs_per_subject: -1,
  deny_delete: true,
  deny_purge: true,
  allow_rollup_hdrs: false,
} satisfies Partial<StreamConfig>;

/** How long a broker may take to bring JetStream up. */
const SET_UP_MS = 15_000;

/**
 * Opens the stream of the log, made at first with all that protects it, and gives its id.
 * @throws Error when a setting of the stream would lose or change events
 */
export async function openStream(jsm: JetStreamManager): Promise<string> {
  const config = await whenJetStreamIsUp(() => findOrCreate(jsm));
  for (const [name, expected] of Object.entries(SETTINGS)) {
    const actual = (config as unknown as Record<string, string | number | boolean | undefined>)[name] ?? false;
    if (actual !== expected) {
      throw new Error(
        `stream ${STREAM} has ${name} '${String(actual)}', expected '${String(expected)}': events would not be safe in it`,
      );
    }
  }
  if (config.subjects.join() !== SUBJECT) {
    throw new Error(
      `stream ${STREAM} has subjects '${config.subjects.join()}', expected '${SUBJECT}': only one partition is supported`,
    );
  }
  const streamId = config.metadata?.[STREAM_ID];
  if (!streamId)
    throw new Error(`stream ${STREAM} has no '${STREAM_ID}' in its metadata, expected one made by Daybook`);
  return streamId;
}

async function findOrCreate(jsm: JetStreamManager): Promise<StreamConfig> {
  try {
    return (await jsm.streams.info(STREAM)).config;
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound) throw error;
    const metadata = { [STREAM_ID]: randomUUID() };
    return (await jsm.streams.add({ ...SETTINGS, name: STREAM, subjects: [SUBJECT], metadata })).config;
  }
}

/** A server that has just started answers for a moment as if it had no JetStream. */
export async function whenJetStreamIsUp<T>(ask: () => Promise<T>): Promise<T> {
  const givenUpMs = Date.now() + SET_UP_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > givenUpMs) throw error;
      await delay(100);
    }
  }
}
