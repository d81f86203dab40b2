import { buffer } from 'node:stream/consumers';
import { jetstreamManager } from '@nats-io/jetstream';
import { LOG_START, openJetStreamLog, recordEvent } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { appendCommits, readAll } from '../event-log/testing/commits.js';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { LedgerBroken } from './broken.js';
import { LedgerCheck } from './check.js';
import { exportLog } from './export-log.js';
import type { LedgerLine } from './format.js';
import { importLedger, ImportRefused } from './import-ledger.js';
import type { ImportTarget } from './import-ledger.js';
import { checkLines } from './read-ledger.js';

const brokers: TestBroker[] = [];
afterEach(async () => {
  await Promise.all(brokers.splice(0).map((broker) => broker.stop()));
});

/** Opens a log and its large values on a nats-server of its own, and gives whatever opens them again. */
async function newPlace(): Promise<(streamId?: string) => Promise<ImportTarget>> {
  const broker = await startBroker();
  brokers.push(broker);
  return async (streamId) => {
    const nc = await broker.connect('ledger');
    return { log: await openJetStreamLog(nc, streamId), largeValues: await openJetStreamValues(nc) };
  };
}

/** A commit with an event whose text stands beside the log. */
async function appendLarge(
  { log, largeValues }: ImportTarget,
  after: LogPosition,
  bytes: Buffer,
): Promise<LogPosition> {
  const code = await largeValues.put(bytes);
  const number = after.number + 1;
  const event = recordEvent(
    { type: 'daybook.plan-job.started', data: { id: number, code } },
    {
      source: `/daybook/${log.streamId}/0`,
      number,
      time: '2027-05-05T12:00:00.000Z',
      actor: 'daybook',
      correlationId: 'c',
      causationId: 'c',
    },
  );
  const commit = { id: `large-${number}`, firstNumber: number, lastNumber: number };
  const verdict = await log.append({ ...commit, payload: Buffer.from(JSON.stringify([event])) }, after);
  if (verdict.kind !== 'stored') throw new Error('the commit is fenced, expected it to be stored');
  return verdict.position;
}

const VALUE = Buffer.from('a large value '.repeat(30_000));

async function writeSource(target: ImportTarget): Promise<LogPosition> {
  const begun = await appendCommits(target.log, LOG_START, [1, 3, 2]);
  const large = await appendLarge(target, begun, VALUE);
  const again = await appendLarge(target, large, VALUE);
  return appendCommits(
    target.log,
    again,
    Array.from({ length: 200 }, () => 1),
  );
}

const exported = ({ log, largeValues }: ImportTarget, after = 0) =>
  exportLog({ log, largeValues, program: 'daybook 0', after, signal: new AbortController().signal });

const lines = (source: ImportTarget, check: LedgerCheck) => checkLines(exported(source), check);

async function* breakAfter(all: AsyncIterable<LedgerLine>, event: number): AsyncGenerator<LedgerLine> {
  for await (const line of all) {
    if (line.kind === 'commit' && line.firstNumber > event) throw new Error('it breaks off here');
    yield line;
  }
}

const stored = async (log: EventLog) =>
  (await readAll(log, LOG_START)).map(({ id, position, payload }) => ({
    id,
    position,
    payload: Buffer.from(payload).toString(),
  }));

describe('an import', () => {
  it('gives the same commits at the same places, and the large values that they name', async () => {
    const source = await (await newPlace())();
    const end = await writeSource(source);
    const open = await newPlace();
    const check = new LedgerCheck();
    expect(await importLedger(lines(source, check), check, open)).toEqual(end);
    const target = await open();
    expect(target.log.streamId).toBe(source.log.streamId);
    expect(await stored(target.log)).toEqual(await stored(source.log));
    expect(check.held).toMatchObject({ events: end.number, values: 1 });
    const { sha256 } = await source.largeValues.put(VALUE);
    expect(await buffer(target.largeValues.get(sha256))).toEqual(VALUE);
  });

  it('goes on from wherever it was broken off, and changes nothing where all is there', async () => {
    const source = await (await newPlace())();
    const end = await writeSource(source);
    const open = await newPlace();
    for (const event of [2, 7, 90]) {
      const check = new LedgerCheck();
      const broken = breakAfter(lines(source, check), event);
      await expect(importLedger(broken, check, open)).rejects.toThrow('it breaks off here');
    }
    for (let round = 1; round <= 2; round++) {
      const check = new LedgerCheck();
      expect(await importLedger(lines(source, check), check, open)).toEqual(end);
      expect(await stored((await open()).log)).toEqual(await stored(source.log));
    }
  });

  it('is refused by a log that holds anything else, or more', async () => {
    const source = await (await newPlace())();
    const end = await writeSource(source);
    const refused = async (open: (streamId?: string) => Promise<ImportTarget>) => {
      const check = new LedgerCheck();
      await expect(importLedger(lines(source, check), check, open)).rejects.toThrow(ImportRefused);
    };
    const another = await newPlace();
    await appendCommits((await another()).log, LOG_START, [1]);
    await refused(another);
    const ofSameId = await newPlace();
    await appendCommits((await ofSameId(source.log.streamId)).log, LOG_START, [2, 2]);
    await refused(ofSameId);
    const longer = await newPlace();
    const check = new LedgerCheck();
    await importLedger(lines(source, check), check, longer);
    await appendCommits((await longer()).log, end, [1]);
    await refused(longer);
  });
});

describe('an export', () => {
  it('begins with the commit that holds the event after a number', async () => {
    const source = await (await newPlace())();
    const end = await writeSource(source);
    const numbers = async (after: number) => {
      const text = Buffer.concat(await Array.fromAsync(exported(source, after))).toString();
      return Array.from(text.matchAll(/"first":(\d+),"last":\d+,"previous"/g), ([, first]) => Number(first));
    };
    expect((await numbers(0)).slice(0, 4)).toEqual([1, 2, 5, 7]);
    expect((await numbers(1)).slice(0, 2)).toEqual([2, 5]);
    expect((await numbers(3)).slice(0, 2)).toEqual([2, 5]);
    expect(await numbers(end.number - 1)).toEqual([end.number]);
    expect(await numbers(end.number)).toEqual([]);
    expect(await numbers(end.number + 10)).toEqual([]);
  });

  it('of an empty log is whole, and can be imported', async () => {
    const source = await (await newPlace())();
    const check = new LedgerCheck();
    expect(await importLedger(lines(source, check), check, await newPlace())).toEqual(LOG_START);
  });

  it('says in its last line that a large value is lost', async () => {
    const source = await (await newPlace())();
    await writeSource(source);
    const manager = await jetstreamManager(await brokers[0]!.connect('purge'));
    await manager.streams.purge('OBJ_DAYBOOK_VALUES');
    const check = new LedgerCheck();
    const read = Array.fromAsync(lines(source, check));
    await expect(read).rejects.toThrow(LedgerBroken);
    await expect(read).rejects.toThrow('event 7: there is no large value');
  });
});
