import { buffer } from 'node:stream/consumers';
import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { openJetStreamValues } from './jetstream.js';
import { ValueLost } from './port.js';
import type { LargeValues } from './port.js';

const STREAM = 'OBJ_DAYBOOK_VALUES';

let broker: TestBroker;
let manager: JetStreamManager;
let objects: Objm;
let values: LargeValues;
beforeAll(async () => {
  broker = await startBroker();
  const nc = await broker.connect('values');
  manager = await jetstreamManager(nc);
  objects = new Objm(nc);
  values = await openJetStreamValues(nc);
});
afterAll(() => broker?.stop());

const bytes = Buffer.from('a'.repeat(300_000));
const read = (sha256: string) => buffer(values.get(sha256));

describe('a large value', () => {
  it.each([
    ['all is purged', '>'],
    ['its pieces are purged', '$O.DAYBOOK_VALUES.C.>'],
  ])('is lost where %s, and can be stored again', async (_, filter) => {
    const { sha256 } = await values.put(bytes);
    expect(await read(sha256)).toEqual(bytes);
    await manager.streams.purge(STREAM, { filter });
    await expect(read(sha256)).rejects.toThrow(ValueLost);
    await values.put(bytes);
    expect(await read(sha256)).toEqual(bytes);
  });

  it('is lost where another one stands under its digest', async () => {
    const { sha256 } = await values.put(bytes);
    const bucket = await objects.open('DAYBOOK_VALUES');
    await bucket.putBlob({ name: sha256 }, Buffer.from('another'));
    await expect(read(sha256)).rejects.toThrow(ValueLost);
  });

  it('is lost where one of its pieces was put in the place of another one', async () => {
    const { sha256 } = await values.put(Buffer.from('b'.repeat(300_000)));
    const bucket = await objects.open('DAYBOOK_VALUES');
    const { nuid } = (await bucket.info(sha256))!;
    const subject = `$O.DAYBOOK_VALUES.C.${nuid}`;
    const { seq, data } = (await manager.streams.getMessage(STREAM, { last_by_subj: subject }))!;
    await manager.streams.deleteMessage(STREAM, seq);
    await manager.jetstream().publish(
      subject,
      data.map((byte) => byte + 1),
    );
    await expect(read(sha256)).rejects.toThrow(ValueLost);
  });
});
