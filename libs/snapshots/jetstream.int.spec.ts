import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { jetstreamManager } from '@nats-io/jetstream';
import { scheduleTask, meta, startTestWriter } from '../writer/testing/writer.js';
import { CHUNK_BYTES } from './encode.js';
import { openSnapshotStore } from './jetstream.js';
import type { EncodedSnapshot } from './store.js';

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

const openStore = async () => openSnapshotStore(await nats.connect('test'));

function snapshot(number: number, chunks: number, onChunk?: (chunk: number) => void): EncodedSnapshot {
  return {
    number,
    bytes: chunks * CHUNK_BYTES,
    *chunks() {
      for (let chunk = 1; chunk <= chunks; chunk++) {
        onChunk?.(chunk);
        yield Buffer.alloc(CHUNK_BYTES, chunk);
      }
    },
  };
}

async function messages(): Promise<number> {
  const jsm = await jetstreamManager(await nats.connect('counter'));
  return (await jsm.streams.info('OBJ_DAYBOOK_SNAPSHOTS')).state.messages;
}

describe('the store of snapshots', () => {
  it('is empty at first', async () => {
    expect(await (await openStore()).list()).toEqual([]);
  });

  it('gives back each with its bytes, the newest first by its number', async () => {
    const store = await openStore();
    for (const number of [9, 10, 8]) await store.put(snapshot(number, number));
    expect(await store.list()).toEqual([10, 9, 8]);
    const read = Buffer.concat(await Array.fromAsync(store.get(9)));
    expect(read.equals(Buffer.concat([...snapshot(9, 9).chunks()]))).toBe(true);
  });

  it('is read to its end by one who takes longer over what has come than it may be silent', async () => {
    const store = await openStore();
    await store.put(snapshot(1, 80));
    let chunks = 0;
    for await (const _ of store.get(1)) {
      chunks++;
      if (chunks <= 60) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 90);
    }
    expect(chunks).toBe(80);
  });

  it('replaces one of the same number', async () => {
    const store = await openStore();
    await store.put(snapshot(1, 5));
    await store.put(snapshot(1, 2));
    expect(Buffer.concat(await Array.fromAsync(store.get(1)))).toHaveLength(2 * CHUNK_BYTES);
    expect(await messages()).toBe(3);
  });

  it('leaves nothing of one that is removed', async () => {
    const store = await openStore();
    await store.put(snapshot(1, 5));
    await store.remove(1);
    expect(await store.list()).toEqual([]);
    expect(await messages()).toBe(0);
    await expect(Array.fromAsync(store.get(1))).rejects.toThrow('there is no snapshot 1');
  });

  it('removes with the next put what one left that was broken off', async () => {
    const connection = await nats.connect('broken');
    const broken = await openSnapshotStore(connection);
    const put = broken.put(snapshot(1, 20, (chunk) => chunk === 5 && void connection.close()));
    await expect(put).rejects.toThrow();
    const store = await openStore();
    expect(await store.list()).toEqual([]);
    expect(await messages()).toBeGreaterThan(0);
    await store.put(snapshot(2, 3));
    expect(await store.list()).toEqual([2]);
    expect(await messages()).toBe(4);
  });

  it('lets commits through while a snapshot is put', async () => {
    const { writer, stop } = await startTestWriter(nats);
    const store = await openStore();
    let isPutting = true;
    const put = store.put(snapshot(1, 40)).finally(() => (isPutting = false));
    let answered = 0;
    for (; isPutting; answered++) await writer.execute(scheduleTask(), meta());
    await put;
    await stop();
    expect(answered).toBeGreaterThan(10);
  });
});
