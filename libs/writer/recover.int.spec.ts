import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { pino } from 'pino';
import { encodeState } from '#domain';
import { LogWentBackwards, openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { encodeSnapshot, openSnapshotStore } from '#snapshots';
import type { SnapshotStore } from '#snapshots';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { commitAfter } from '../event-log/testing/commits.js';
import { recover } from './recover.js';
import { takeSnapshot } from './testing/snapshots.js';
import { meta, runTask, scheduleTask, startTestWriter } from './testing/writer.js';

const BUCKET = 'DAYBOOK_SNAPSHOTS';
const STREAM = `OBJ_${BUCKET}`;

let nats: TestBroker;
let log: EventLog;
let store: SnapshotStore;
let warnings: string[];
beforeEach(async () => {
  nats = await startBroker();
  const connection = await nats.connect('test');
  log = await openJetStreamLog(connection);
  store = await openSnapshotStore(connection);
  warnings = [];
});
afterEach(() => nats.stop());

const logger = pino({ level: 'warn' }, { write: (line) => warnings.push((JSON.parse(line) as { msg: string }).msg) });
const recovered = () => recover(log, { store, logger });

/** Jobs and schedules in every state that matters; about 300 kB of them. */
async function live(): Promise<void> {
  const { writer, stop } = await startTestWriter(nats, { snapshots: store });
  const now = new Date().toISOString();
  const descriptions = Array.from({ length: 30 }, (_, index) => `${index} ${'x'.repeat(10_000)}`);
  await Promise.all(
    descriptions.map((description) => writer.execute({ ...scheduleTask(), description } as never, meta())),
  );
  await writer.execute({ type: 'delete-scheduled-job', id: 3 }, meta('deletes')).catch(() => undefined);
  const { answer } = await writer.execute(runTask(['a', 'b']), meta());
  const { job } = answer as { job: number };
  await writer.report({ type: 'report-run', job, node: 'a', kind: 'started', attempt: 1, startedAt: now }, meta());
  await writer.execute({ type: 'stop-job', id: job, force: false }, meta());
  await stop();
}

async function bytesOf(number: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(store.get(number)));
}

/** Puts other bytes in the place of a snapshot, in which the object store itself finds no fault. */
async function replace(number: number, change: (bytes: Buffer) => Buffer): Promise<void> {
  const bytes = change(await bytesOf(number));
  const bucket = await new Objm(await nats.connect('intruder')).open(BUCKET);
  await bucket.putBlob({ name: String(number) }, bytes);
}

const withHeader = (change: object) => (bytes: Buffer) => {
  const end = bytes.indexOf('\n');
  const header = JSON.parse(bytes.subarray(0, end).toString()) as object;
  return Buffer.concat([Buffer.from(JSON.stringify({ ...header, ...change })), bytes.subarray(end)]);
};

async function loseChunk(number: number): Promise<void> {
  const jsm = await jetstreamManager(await nats.connect('intruder'));
  const bucket = await new Objm(await nats.connect('intruder')).open(BUCKET);
  const { nuid, chunks } = (await bucket.info(String(number)))!;
  expect(chunks).toBeGreaterThan(1);
  const last = await jsm.streams.getMessage(STREAM, { last_by_subj: `$O.${BUCKET}.C.${nuid}` });
  await jsm.streams.deleteMessage(STREAM, last!.seq);
}

describe('recovery from a snapshot', () => {
  it('gives the state that the whole log gives', async () => {
    await live();
    const number = await takeSnapshot(log, store);
    await live();
    const [fromSnapshot, fromLog] = [await recovered(), await recover(log, null)];
    expect(fromSnapshot.snapshot).toBe(number);
    expect(fromLog.snapshot).toBe(0);
    expect(fromSnapshot.position).toEqual(fromLog.position);
    expect([...encodeState(fromSnapshot.state)]).toEqual([...encodeState(fromLog.state)]);
    expect(fromSnapshot.state.due.first()).toEqual(fromLog.state.due.first());
    expect(warnings).toEqual([]);
  });

  it('gives the state that the whole log gives where each snapshot was made from the one before', async () => {
    for (let round = 0; round < 3; round++) {
      await live();
      await takeSnapshot(log, store);
    }
    const [fromSnapshot, fromLog] = [await recovered(), await recover(log, null)];
    expect(fromSnapshot.snapshot).toBe(fromLog.position.number);
    expect([...encodeState(fromSnapshot.state)]).toEqual([...encodeState(fromLog.state)]);
  });

  it('keeps command ids, so that a repeated command is answered and not decided again', async () => {
    const first = await startTestWriter(nats, { snapshots: store });
    const receipt = await first.writer.execute(scheduleTask(), meta('same'));
    await first.stop();
    await takeSnapshot(log, store);
    const second = await startTestWriter(nats, { snapshots: store });
    expect(await second.writer.execute(scheduleTask(), meta('same'))).toEqual(receipt);
    await second.stop();
  });

  it.each<[string, (number: number) => Promise<void>, RegExp]>([
    ['of another log', (n) => replace(n, withHeader({ streamId: 'other' })), /it is of log other, expected/],
    [
      'of another state version',
      (n) => replace(n, withHeader({ stateVersion: 0 })),
      /it has state version 0, expected/,
    ],
    ['of a newer log format', (n) => replace(n, withHeader({ logFormat: 99 })), /it is of log format level 99/],
    [
      'with a byte flipped',
      (n) =>
        replace(n, (bytes) => {
          bytes[bytes.indexOf('xxx')]! ^= 1;
          return bytes;
        }),
      /its SHA-256 is/,
    ],
    ['that names another place', (n) => replace(n, withHeader({ position: { number: n, sequence: 9999 } })), /SHA-256/],
    ['cut in the middle', (n) => replace(n, (bytes) => bytes.subarray(0, bytes.length / 2)), /it has \d+ lines/],
    ['without anything in it', (n) => replace(n, () => Buffer.alloc(0)), /it is empty/],
    ['that lacks a chunk', loseChunk, /chunks of it are there, expected/],
  ])('passes over one %s, uses the second newest, and without that the log', async (_, spoil, reason) => {
    await live();
    const older = await takeSnapshot(log, store);
    await live();
    const newer = await takeSnapshot(log, store);
    const whole = await recover(log, null);

    await spoil(newer);
    const fromOlder = await recovered();
    expect(fromOlder.snapshot).toBe(older);
    expect([...encodeState(fromOlder.state)]).toEqual([...encodeState(whole.state)]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(`snapshot ${newer} is passed over`);
    expect(warnings[0]).toMatch(reason);

    await spoil(older);
    const fromLog = await recovered();
    expect(fromLog.snapshot).toBe(0);
    expect([...encodeState(fromLog.state)]).toEqual([...encodeState(whole.state)]);
  });

  it('names the event after it that does not fold, and writes nothing', async () => {
    await live();
    await takeSnapshot(log, store);
    const { position } = await recover(log, null);
    const commit = commitAfter(log, position);
    const text = Buffer.from(commit.payload).toString().replaceAll('scheduled-job.deleted', 'job.started');
    await log.append({ ...commit, payload: Buffer.from(text) }, position);
    const sentence = `event ${position.number + 1} (daybook.job.started) cannot be folded`;
    await expect(recovered()).rejects.toThrow(sentence);
    await expect(startTestWriter(nats, { snapshots: store })).rejects.toThrow(sentence);
    expect(await log.headSequence()).toBe(position.sequence + 1);
  });

  it.each([
    ['ends before it', { sequence: 1000 }, /the log now ends at sequence/],
    ['has another commit there', { hash: 'ab'.repeat(32) }, /another commit stands in its place/],
  ])('stops at a good one whose log %s, and writes nothing', async (_, change, message) => {
    await live();
    const { state, position } = await recover(log, null);
    await store.put(await encodeSnapshot({ state, position: { ...position, ...change } }, log.streamId));
    await expect(recovered()).rejects.toThrow(LogWentBackwards);
    await expect(startTestWriter(nats, { snapshots: store })).rejects.toThrow(message);
    expect(await log.headSequence()).toBe(position.sequence);
  });
});

describe('snapshots', () => {
  it('are kept two at a time', async () => {
    const taken: number[] = [];
    for (let round = 0; round < 4; round++) {
      await live();
      taken.unshift(await takeSnapshot(log, store));
    }
    expect(await store.list()).toEqual(taken.slice(0, 2));
    const bucket = await new Objm(await nats.connect('test')).open(BUCKET);
    const infos = await Promise.all(taken.slice(0, 2).map((number) => bucket.info(String(number))));
    const expected = infos.reduce((sum, info) => sum + info!.chunks + 1, 0);
    expect((await bucket.status()).streamInfo.state.messages).toBe(expected);
  });

  it('push out one that is of no use before one that is', async () => {
    await live();
    const good = await takeSnapshot(log, store);
    await live();
    await replace(await takeSnapshot(log, store), () => Buffer.from('{}\n'));
    await live();
    const newest = await takeSnapshot(log, store);
    expect(await store.list()).toEqual([newest, good]);
  });
});
