import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { openJetStreamValues } from '#large-values';
import type { LargeValues } from '#large-values';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { Uploads } from './uploads.js';

let broker: TestBroker;
let values: LargeValues;
beforeAll(async () => {
  broker = await startBroker();
  values = await openJetStreamValues(await broker.connect('values'));
});
afterAll(() => broker?.stop());

const PIECE = 1000;
const valueOf = (size: number) => {
  const bytes = randomBytes(size);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), size };
};

describe('a large result', () => {
  it('is stored whole, however the pieces of several senders cross', async () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 6 * PIECE }),
      turns: fc.array(fc.nat(2), { minLength: 10, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, turns }) => {
        const { bytes, sha256 } = valueOf(size);
        const uploads = new Uploads(values);
        // Two runs of one node with the same output, and one of another node.
        const senders = ['a', 'a', 'b'].map((node) => ({ node, offset: 0 }));
        const send = async (sender: (typeof senders)[number]) => {
          const piece = bytes.subarray(sender.offset, sender.offset + PIECE);
          sender.offset = (await uploads.add(sender.node, { sha256, size, offset: sender.offset }, piece)).next;
        };
        for (const turn of turns) if (senders[turn]!.offset < size) await send(senders[turn]!);
        for (const sender of senders) while (sender.offset < size) await send(sender);
        expect(await buffer(values.get(sha256))).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });

  it('that is not what its digest says begins again', async () => {
    const { sha256, bytes } = valueOf(10);
    const uploads = new Uploads(values);
    expect(await uploads.add('a', { sha256, size: 10, offset: 0 }, randomBytes(10))).toEqual({ next: 0 });
    expect(await uploads.add('a', { sha256, size: 10, offset: 0 }, bytes)).toEqual({ next: 10 });
  });

  it('that is broken off is forgotten after a minute, not before', async () => {
    const { sha256, bytes, size } = valueOf(2 * PIECE);
    const uploads = new Uploads(values);
    const send = async (offset: number) =>
      (await uploads.add('a', { sha256, size, offset }, bytes.subarray(offset, offset + PIECE))).next;
    await send(0);
    uploads.sweep(performance.now() + 59_000);
    expect(await send(PIECE)).toBe(size);
    await send(0);
    uploads.sweep(performance.now() + 61_000);
    expect(await send(PIECE)).toBe(0);
  });

  it('beside four others of its node is not taken before one of them is through', async () => {
    const uploads = new Uploads(values);
    const all = Array.from({ length: 5 }, () => valueOf(2 * PIECE));
    const send = (index: number, offset: number, node = 'a') => {
      const { sha256, size, bytes } = all[index]!;
      return uploads.add(node, { sha256, size, offset }, bytes.subarray(offset, offset + PIECE));
    };
    for (const index of [0, 1, 2, 3]) expect(await send(index, 0)).toEqual({ next: PIECE });
    await expect(send(4, 0)).rejects.toThrow('a has 4 uploads');
    expect(await send(4, 0, 'b')).toEqual({ next: PIECE });
    expect(await send(0, 0)).toEqual({ next: PIECE });
    expect(await send(0, PIECE)).toEqual({ next: 2 * PIECE });
    expect(await send(4, 0)).toEqual({ next: PIECE });
  });

  it.each([Number.NaN, 64 * 1024 * 1024 + 1])('of %d bytes is not taken', async (size) => {
    const { sha256, bytes } = valueOf(10);
    await expect(new Uploads(values).add('a', { sha256, size, offset: 0 }, bytes)).rejects.toThrow('expected at most');
  });
});
