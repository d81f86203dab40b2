import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { replicasOn, whenJetStreamIsUp } from '#broker';
import { chainHash } from '../hash.js';
import { LogWentBackwards } from '../port.js';
import type { AppendOptions, EventLog, LogPosition, NewCommit } from '../port.js';
import { appendCommit, headSequence } from './append.js';
import { findCommit } from './find-commit.js';
import { followCommits, readRawCommits } from './follow.js';
import { unlessLeftBehind } from './left-behind.js';
import { placeBefore } from './place-before.js';
import { rawCommit } from './raw-commit.js';
import { openStream, PARTITION, STREAM } from './stream.js';

/** Most bytes of a commit, where the server's own limit allows them. */
const MAX_COMMIT_BYTES = 900_000;

/** What headers and protocol may take of a message besides its payload. */
const MESSAGE_OVERHEAD_BYTES = 16 * 1024;

/** Smallest message limit that Daybook works with; larger values are moved out of the events at 64 kB. */
const MIN_MESSAGE_BYTES = 1_000_000;

/**
 * The event log on NATS JetStream: stream `DAYBOOK`, one message a commit.
 * @param streamId id of a log that is made; absent: a new one. A log that is there keeps its own
 * @throws Error when the server's message limit is below 1 MB, or the stream's settings would lose events
 */
export async function openJetStreamLog(nc: NatsConnection, streamId?: string): Promise<EventLog> {
  const jsm = await whenJetStreamIsUp(() => jetstreamManager(nc, { timeout: 2000 }));
  const js = jetstream(nc, { timeout: 2000 });
  const maxPayload = nc.info!.max_payload;
  if (maxPayload < MIN_MESSAGE_BYTES) {
    throw new Error(`the server's max_payload is ${maxPayload}, expected at least ${MIN_MESSAGE_BYTES} bytes`);
  }
  const client = { nc, js, jsm };
  const stream = await openStream(jsm, replicasOn(nc), streamId);

  /** Where the log ends now. */
  const endOf = (after: LogPosition) =>
    unlessLeftBehind(stream.replicas, async () => {
      const head = await whenJetStreamIsUp(() => headSequence(jsm));
      if (head < after.sequence) throw new LogWentBackwards(after, `the log now ends at sequence ${head}`);
      return head;
    });

  async function* readStored(after: LogPosition, signal?: AbortSignal) {
    yield* readRawCommits(client, after.sequence, await endOf(after), signal ?? new AbortController().signal);
    signal?.throwIfAborted();
  }

  async function* read(after: LogPosition, signal?: AbortSignal) {
    const end = await endOf(after);
    if (end === after.sequence) return;
    const unending = new AbortController().signal;
    for await (const commits of followCommits(client, after, signal ?? unending)) {
      yield commits.filter((commit) => commit.position.sequence <= end);
      if (commits.at(-1)!.position.sequence >= end) return;
    }
    signal?.throwIfAborted();
  }

  async function confirm(position: LogPosition): Promise<void> {
    if (position.sequence === 0) return;
    const message = await whenJetStreamIsUp(() => jsm.streams.getMessage(STREAM, { seq: position.sequence }));
    if (!message) {
      const head = await headSequence(jsm);
      const end = head < position.sequence ? `the log now ends at sequence ${head}` : 'it cannot be read any more';
      throw new LogWentBackwards(position, end);
    }
    const { previousHash, ...commit } = rawCommit(message);
    const found = chainHash(previousHash, { partition: PARTITION, ...commit });
    if (found !== position.hash) throw new LogWentBackwards(position, 'another commit stands in its place');
  }

  return {
    streamId: stream.id,
    replicas: stream.replicas,
    maxCommitBytes: Math.min(MAX_COMMIT_BYTES, maxPayload - MESSAGE_OVERHEAD_BYTES),
    append: (commit: NewCommit, after: LogPosition, options: AppendOptions = {}) =>
      unlessLeftBehind(stream.replicas, () => appendCommit(js, jsm, commit, after, options)),
    headSequence: () => headSequence(jsm),
    timeMs: async () => Date.parse((await jsm.streams.info(STREAM)).ts!),
    confirm: (position) => unlessLeftBehind(stream.replicas, () => confirm(position)),
    before: (number) => unlessLeftBehind(stream.replicas, () => placeBefore(jsm, number)),
    find: (wanted) => unlessLeftBehind(stream.replicas, () => findCommit(jsm, wanted)),
    read,
    readStored,
    follow: (after, signal) => followCommits(client, after, signal),
  };
}
