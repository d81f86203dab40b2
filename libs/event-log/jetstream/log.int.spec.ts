import { setImmediate as nextTick } from 'node:timers/promises';
import { DiscardPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { connectTo } from '#broker';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import { LOG_START } from '../port.js';
import { appendCommits, commitAfter, readAll } from '../testing/commits.js';
import { openGate } from '../testing/gate.js';
import { eventLogContract } from '../testing/contract.js';
import { openJetStreamLog } from './log.js';
import { STREAM, SUBJECT } from './stream.js';

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

const openLog = async () => openJetStreamLog(await nats.connect('test'));

describe('the log on JetStream', () => eventLogContract(openLog));

describe('a log whose broker is in trouble', () => {
  it('stores a commit once although the broker is killed while it is offered', async () => {
    const log = await openLog();
    let position = await appendCommits(log, LOG_START, [1]);
    for (let round = 0; round < 5; round++) {
      const commit = commitAfter(log, position, 100, 'x'.repeat(100_000));
      const appended = log.append(commit, position);
      nats.signal('SIGKILL');
      const verdict = await appended;
      expect(verdict.kind).toBe('stored');
      position = (verdict as { position: typeof position }).position;
    }
    const commits = await readAll(log, LOG_START);
    expect(commits).toHaveLength(6);
    expect(commits.at(-1)!.position).toEqual(position);
  });

  it('waits for the verdict of a frozen broker', async () => {
    const log = await openLog();
    nats.signal('SIGSTOP');
    const resent = Promise.withResolvers<void>();
    const verdict = log.append(commitAfter(log, LOG_START), LOG_START, { onResend: () => resent.resolve() });
    await resent.promise;
    nats.signal('SIGCONT');
    expect(await verdict).toMatchObject({ kind: 'stored' });
    expect(await readAll(log, LOG_START)).toHaveLength(1);
  });

  it('stores a commit once although the process was frozen until the answer was too late', async () => {
    const log = await openLog();
    let resent = 0;
    const appended = log.append(commitAfter(log, LOG_START), LOG_START, { onResend: () => void resent++ });
    await nextTick();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    expect(await appended).toMatchObject({ kind: 'stored' });
    expect(resent).toBeGreaterThan(0);
    expect(await readAll(log, LOG_START)).toHaveLength(1);
  });

  it('stores nothing of a commit that was held back in a dial that hung, once another stands in its place', async () => {
    const gate = await openGate(nats.broker.address.servers[0]!);
    const connection = await connectTo({ ...nats.broker.address, servers: [gate.host] }, 'late');
    const late = await openJetStreamLog(connection);
    const end = await appendCommits(late, LOG_START, [1]);
    await gate.shut();
    const resent = Promise.withResolvers<void>();
    const verdict = late.append(commitAfter(late, end), end, { onResend: () => resent.resolve() });
    await resent.promise;
    const log = await openLog();
    const rival = commitAfter(log, end);
    expect((await log.append(rival, end)).kind).toBe('stored');
    gate.open();
    expect(await verdict).toEqual({ kind: 'fenced' });
    expect((await readAll(log, end)).map(({ id }) => id)).toEqual([rival.id]);
    await connection.close();
    await gate.close();
  });

  it('goes on following after the broker was killed, without a gap or a repeat', async () => {
    const log = await openLog();
    const writer = await openLog();
    const done = new AbortController();
    const seen: string[] = [];
    let position = await appendCommits(writer, LOG_START, [1]);
    for await (const commits of log.follow(LOG_START, done.signal)) {
      seen.push(...commits.flatMap(({ events }) => events.map(({ id }) => id)));
      if (seen.length >= 5) {
        done.abort();
        break;
      }
      nats.signal('SIGKILL');
      position = await appendCommits(writer, position, [1]);
    }
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });

  it('goes on following after its consumer was removed, without a gap or a repeat', async () => {
    const log = await openLog();
    const jsm = await jetstreamManager(await nats.connect('operator'));
    const done = new AbortController();
    const seen: string[] = [];
    let position = await appendCommits(log, LOG_START, [1]);
    for await (const commits of log.follow(LOG_START, done.signal)) {
      seen.push(...commits.flatMap(({ events }) => events.map(({ id }) => id)));
      if (seen.length >= 3) {
        done.abort();
        break;
      }
      const consumers = await Array.fromAsync(jsm.consumers.list(STREAM));
      expect(consumers).toHaveLength(1);
      await jsm.consumers.delete(STREAM, consumers[0]!.name);
      position = await appendCommits(log, position, [1]);
    }
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('lets go of a reader who leaves in the middle, however much has come for him', async () => {
    const log = await openLog();
    let position = LOG_START;
    for (let i = 0; i < 12; i++) {
      const verdict = await log.append(commitAfter(log, position, 1, 'x'.repeat(800_000)), position);
      ({ position } = verdict as { position: typeof position });
    }
    for (let i = 0; i < 20; i++) for await (const _ of log.read(LOG_START)) break;
    expect(await readAll(log, LOG_START)).toHaveLength(12);
  });

  it('stops offering a commit when it is told to', async () => {
    const log = await openLog();
    nats.signal('SIGSTOP');
    const abort = new AbortController();
    const appended = log.append(commitAfter(log, LOG_START), LOG_START, {
      signal: abort.signal,
      onResend: () => abort.abort(),
    });
    await expect(appended).rejects.toThrow(/abort/i);
    nats.signal('SIGCONT');
  });
});

describe('a stream that is not safe', () => {
  const base = { name: STREAM, subjects: [SUBJECT], metadata: { 'daybook-stream-id': 'x' } };
  const safe = { deny_delete: true, deny_purge: true, discard: DiscardPolicy.New, retention: RetentionPolicy.Limits };

  it.each([
    ['an age limit', { ...base, ...safe, max_age: 3_600_000_000_000 }, /max_age is|max_age '3600000000000'/],
    ['a limit of bytes', { ...base, ...safe, max_bytes: 1_000_000 }, /max_bytes '1000000', expected '-1'/],
    ['a limit of messages', { ...base, ...safe, max_msgs: 10 }, /max_msgs '10', expected '-1'/],
    ['deletion allowed', { ...base, ...safe, deny_delete: false }, /deny_delete 'false', expected 'true'/],
    [
      'retention by interest',
      { ...base, ...safe, retention: RetentionPolicy.Interest },
      /retention 'interest', expected/,
    ],
    ['old commits to be discarded', { ...base, ...safe, discard: DiscardPolicy.Old }, /discard 'old', expected 'new'/],
    ['purges allowed', { ...base, ...safe, deny_purge: false }, /deny_purge 'false', expected 'true'/],
    ['a limit of messages per subject', { ...base, ...safe, max_msgs_per_subject: 5 }, /max_msgs_per_subject '5'/],
    ['several partitions', { ...base, ...safe, subjects: ['daybook.log.*'] }, /only one partition/],
    ['no id', { ...base, ...safe, metadata: {} }, /daybook-stream-id/],
  ])('with %s is refused', async (_, config, message) => {
    const nc = await nats.connect('operator');
    await (await jetstreamManager(nc)).streams.add(config);
    await expect(openLog()).rejects.toThrow(message);
  });
});

describe('a damaged log', () => {
  async function publishRaw(previousHash: string, firstNumber: number, payload: string): Promise<void> {
    const raw = headers();
    raw.set('Daybook-Commit-Id', 'c');
    raw.set('Daybook-First-Number', String(firstNumber));
    raw.set('Daybook-Previous-Hash', previousHash);
    await jetstream(await nats.connect('intruder')).publish(SUBJECT, payload, { headers: raw });
  }

  it('is not read past a commit that does not follow from the one before', async () => {
    const log = await openLog();
    await publishRaw('f'.repeat(64), 1, Buffer.from(commitAfter(log, LOG_START).payload).toString());
    await expect(readAll(log, LOG_START)).rejects.toThrow(/follows a commit with hash ffff/);
  });

  it('is not read past a missing number', async () => {
    const log = await openLog();
    await publishRaw(LOG_START.hash, 2, '[]');
    await expect(readAll(log, LOG_START)).rejects.toThrow(/begins with event 2, expected 1/);
  });

  it('is not read past an event of an unknown version', async () => {
    const log = await openLog();
    const text = Buffer.from(commitAfter(log, LOG_START).payload).toString().replace('.deleted/1"', '.deleted/9"');
    await publishRaw(LOG_START.hash, 1, text);
    await expect(readAll(log, LOG_START)).rejects.toThrow(/schema '.*\/9', expected version 1/);
  });
});
