import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Base64UrlPaddedCodec, Objm, setSha256Backend } from '@nats-io/obj';
import type { ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { replicasOn, whenJetStreamIsUp } from '#broker';
import { CHUNK_BYTES } from './encode.js';
import type { SnapshotStore } from './store.js';

const BUCKET = 'DAYBOOK_SNAPSHOTS';

/** How NATS lays out an object store. @see ADR-20 of nats-architecture-and-design */
const STREAM = `OBJ_${BUCKET}`;
const META = `$O.${BUCKET}.M.`;
const CHUNKS = `$O.${BUCKET}.C.`;

/** Every chunk is synced to the disk as commits are; in this time commits have it for themselves. */
const PAUSE_MS = 8;

/** A broker that has gone says nothing. */
const SILENCE_MS = 5000;

const CHUNK_TIMEOUT_MS = 10_000;

/** Chunks that are asked for at once, 8 MB. */
const WINDOW = 64;

/** Snapshots in the JetStream object store beside the log. One process at a time may put. */
export async function openSnapshotStore(nc: NatsConnection): Promise<SnapshotStore> {
  setSha256Backend('native');
  const jsm = await whenJetStreamIsUp(() => jetstreamManager(nc));
  const js = jetstream(nc);
  const replicas = replicasOn(nc);
  const bucket: ObjectStore = await whenJetStreamIsUp(() => new Objm(nc).create(BUCKET, { replicas }));

  /** Last tokens of the subjects that begin like this. */
  async function tokensAfter(prefix: string): Promise<string[]> {
    const { state } = await jsm.streams.info(STREAM, { subjects_filter: `${prefix}>` });
    return Object.keys(state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
  }

  async function list(): Promise<number[]> {
    const names = (await tokensAfter(META)).map((token) => Base64UrlPaddedCodec.decode(token) as string);
    return names.map(Number).sort((a, b) => b - a);
  }

  /** Removes chunks that no snapshot names: of puts that were broken off. */
  async function sweep(): Promise<void> {
    const infos = await Promise.all((await list()).map((number) => bucket.info(String(number))));
    const named = new Set(infos.map((info) => info?.nuid));
    const left = (await tokensAfter(CHUNKS)).filter((id) => !named.has(id));
    for (const id of left) await jsm.streams.purge(STREAM, { filter: CHUNKS + id });
  }

  return {
    list,
    async *get(number) {
      const info = await bucket.info(String(number));
      if (!info) throw new Error(`there is no snapshot ${number}`);
      const subject = CHUNKS + info.nuid;
      const { state } = await jsm.streams.info(STREAM, { subjects_filter: subject });
      const there = state.subjects?.[subject] ?? 0;
      if (there !== info.chunks) throw new Error(`${there} chunks of it are there, expected ${info.chunks}`);
      if (there === 0) return;
      const consumer = await js.consumers.get(STREAM, { filter_subjects: subject });
      const messages = await consumer.consume({ max_messages: WINDOW, expires: 5000 });
      const listen = () => setTimeout(() => messages.stop(), SILENCE_MS);
      let silence = listen();
      try {
        for await (const { data, info: place } of messages) {
          clearTimeout(silence);
          yield data;
          if (place.pending === 0) break;
          // What has come while the reader was at work is taken in before the silence is measured.
          await immediate();
          silence = listen();
        }
      } finally {
        clearTimeout(silence);
        messages.stop();
      }
    },
    async put(snapshot) {
      await sweep();
      const meta = { name: String(snapshot.number), options: { max_chunk_size: CHUNK_BYTES } };
      await bucket.put(meta, ReadableStream.from(paced(snapshot.chunks())), { timeout: CHUNK_TIMEOUT_MS });
    },
    async remove(number) {
      await jsm.streams.purge(STREAM, { filter: META + Base64UrlPaddedCodec.encode(String(number)) });
      await sweep();
    },
  };
}

async function* paced<T>(items: Iterable<T>): AsyncIterable<T> {
  for (const item of items) {
    yield item;
    await delay(PAUSE_MS);
  }
}
