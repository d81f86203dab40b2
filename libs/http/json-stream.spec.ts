import { text } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { streamItems } from './json-stream.js';

async function* batchesOf<T>(batches: readonly (readonly T[])[]) {
  for (const batch of batches) yield await Promise.resolve(batch);
}

const streamed = async (...args: Parameters<typeof streamItems<unknown>>) =>
  text((await streamItems(...args)).getStream());

describe('streamed items', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('are the JSON of one list, however they are divided', async () => {
    const item = fc.jsonValue();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(item)), fc.boolean(), async (batches, hasRest) => {
        const rest = hasRest ? { 'next-events': { event: '7' } } : {};
        const json = await streamed(
          batchesOf(batches),
          (value) => JSON.stringify(value),
          () => rest,
        );
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ items: batches.flat(), ...rest })));
      }),
    );
  });

  it('may come in pieces of bytes', async () => {
    async function* pieces(value: unknown) {
      yield '{"result":';
      yield await Promise.resolve(Buffer.from(JSON.stringify(value)));
      yield '}';
    }
    const render = (value: unknown) => (value === 'whole' ? '"whole"' : pieces(value));
    const json = await streamed(batchesOf([['whole', 'é'], [], ['whole', 2, 3]]), render);
    expect(JSON.parse(json)).toEqual({ items: ['whole', { result: 'é' }, 'whole', { result: 2 }, { result: 3 }] });
  });

  it('ask for the rest when all have been sent', async () => {
    let count = 0;
    const json = await streamed(
      batchesOf([[1, 2], [3]]),
      (value) => String((count++, value)),
      () => ({ count }),
    );
    expect(JSON.parse(json)).toEqual({ items: [1, 2, 3], count: 3 });
  });

  it('fail as a whole where the first batch fails', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* broken(): AsyncGenerator<readonly number[]> {
      throw new Error('no such table');
    }
    await expect(streamItems(broken(), String)).rejects.toThrow('no such table');
  });

  it('break off where a later batch fails', async () => {
    async function* broken(): AsyncGenerator<readonly number[]> {
      yield await Promise.resolve([1]);
      throw new Error('connection lost');
    }
    await expect(streamed(broken(), String)).rejects.toThrow('connection lost');
  });

  it('are read no faster than they are taken', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read++;
        yield await Promise.resolve(['x'.repeat(10_000)]);
      }
    }
    const stream = (await streamItems(endless(), (value) => JSON.stringify(value))).getStream();
    const taken = stream[Symbol.asyncIterator]();
    await taken.next();
    await taken.next();
    expect(read).toBeLessThan(30);
    stream.destroy();
  });
});
