import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { DeliverPolicy } from '@nats-io/jetstream';
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { decodeCommit } from '../codec.js';
import { LOG_START } from '../port.js';
import type { LogPosition, RawCommit, StoredCommit } from '../port.js';
import { headSequence } from './append.js';
import { rawCommit } from './raw-commit.js';
import { PARTITION, STREAM } from './stream.js';

/** Bytes asked for at once; bounding by messages, or by less, stalls on large commits. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** A batch is handed on once it has as many: events that are folded at once are garbage while it is cheap. */
const BATCH_BYTES = 512 * 1024;

/** A consumer that is silent although the log has grown is replaced after this time. */
const WATCHDOG_MS = 2000;

interface Client {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

/** Commits after a place in batches, and further ones as they come; survives every loss of the connection. */
export async function* followCommits(
  client: Client,
  after: LogPosition,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredCommit[]> {
  let position = after;
  while (!signal.aborted) {
    for await (const messages of consume(client, position, signal)) {
      let commits: StoredCommit[] = [];
      let bytes = 0;
      for (const message of messages) {
        const commit = decode(message, position);
        position = commit.position;
        commits.push(commit);
        bytes += message.data.length;
        if (bytes < BATCH_BYTES) continue;
        yield commits;
        commits = [];
        bytes = 0;
      }
      if (commits.length > 0) yield commits;
    }
  }
}

/** Commits from one sequence to another as they lie in the stream; survives every loss of the connection. */
export async function* readRawCommits(
  client: Client,
  after: number,
  last: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RawCommit[]> {
  let sequence = after;
  while (sequence < last && !signal.aborted) {
    for await (const messages of consume(client, { ...LOG_START, sequence }, signal)) {
      sequence = messages.at(-1)!.seq;
      yield messages.filter(({ seq }) => seq <= last).map(rawCommit);
      if (sequence >= last) return;
    }
  }
}

/** One consumer's life: it ends on reconnect, when it fails or falls silent, and on abort. */
async function* consume({ nc, js, jsm }: Client, after: LogPosition, signal: AbortSignal): AsyncGenerator<JsMsg[]> {
  let messages: ConsumerMessages;
  try {
    const consumer = await js.consumers.get(STREAM, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after.sequence + 1,
    });
    messages = await consumer.consume({ max_bytes: WINDOW_BYTES, expires: 5000, idle_heartbeat: 500 });
  } catch {
    await delay(100, undefined, { signal }).catch(() => undefined);
    return;
  }
  const received: JsMsg[] = [];
  let sequence = after.sequence;
  let bytes = 0;
  let isEnded = false;
  let isLeft = false;
  let wake: () => void = () => undefined;
  let makeRoom: () => void = () => undefined;
  const stop = () => messages.stop();
  const stopWatching = watch(nc, jsm, () => sequence, stop);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();

  const receiving = (async () => {
    for await (const message of messages) {
      received.push(message);
      bytes += message.data.length;
      sequence = message.seq;
      wake();
      // What has come already is taken to its end also when nobody reads on.
      if (bytes >= WINDOW_BYTES && !isLeft) await new Promise<void>((resolve) => (makeRoom = resolve));
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      isEnded = true;
      wake();
    });
  try {
    while (!signal.aborted) {
      // What has come with the first message is handed on together with it.
      if (received.length > 0) await immediate();
      else if (isEnded) break;
      else await new Promise<void>((resolve) => (wake = resolve));
      if (received.length === 0) continue;
      yield received.splice(0);
      bytes = 0;
      makeRoom();
    }
  } finally {
    isLeft = true;
    stopWatching();
    signal.removeEventListener('abort', stop);
    stop();
    makeRoom();
    await receiving;
  }
}

/** Calls `stop` once the connection was lost and is back, or when the log has grown and nothing came of it. */
function watch(nc: NatsConnection, jsm: JetStreamManager, sequence: () => number, stop: () => void): () => void {
  const statuses = nc.status();
  void (async () => {
    for await (const status of statuses) if (status.type === 'reconnect') stop();
  })();
  let seen = sequence();
  const timer = setInterval(() => {
    const before = seen;
    seen = sequence();
    if (seen !== before) return;
    headSequence(jsm).then(
      (head) => {
        if (head > seen && seen === sequence()) stop();
      },
      () => undefined,
    );
  }, WATCHDOG_MS);
  return () => {
    clearInterval(timer);
    (statuses as AsyncIterable<unknown> & { stop?: () => void }).stop?.();
  };
}

const decode = (message: JsMsg, after: LogPosition): StoredCommit => decodeCommit(rawCommit(message), PARTITION, after);
