import { randomUUID } from 'node:crypto';
import { DiscardPolicy, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { whenJetStreamIsUp } from '#broker';

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

/** The stream of a log, as it was found or made. */
export interface LogStream {
  readonly id: string;
  /** Servers that keep a copy of it. */
  readonly replicas: number;
}

/**
 * Opens the stream of the log, made at first with all that protects it.
 * @param replicas servers that are to keep a copy of a stream that is made; one that is there keeps its own
 * @param id of a stream that is made; absent: a new one
 * @throws Error when a setting of the stream would lose or change events, or there are not enough servers for it
 */
export async function openStream(
  jsm: JetStreamManager,
  replicas: number,
  id: string = randomUUID(),
): Promise<LogStream> {
  const config = await whenJetStreamIsUp(() => findOrCreate(jsm, replicas, id));
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
  return { id: streamId, replicas: config.num_replicas };
}

async function findOrCreate(jsm: JetStreamManager, replicas: number, id: string): Promise<StreamConfig> {
  try {
    return (await jsm.streams.info(STREAM)).config;
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound) throw error;
    const metadata = { [STREAM_ID]: id };
    const config = { ...SETTINGS, name: STREAM, subjects: [SUBJECT], num_replicas: replicas, metadata };
    return (await jsm.streams.add(config).catch((cause: unknown) => cannotMake(replicas, cause))).config;
  }
}

function cannotMake(replicas: number, cause: unknown): never {
  if (!(cause instanceof JetStreamApiError) || replicas === 1) throw cause;
  throw new Error(
    `the NATS cluster cannot keep ${replicas} copies of stream ${STREAM} (${cause.message}), ` +
      `expected at least ${replicas} of its servers to have JetStream and room`,
    { cause },
  );
}
