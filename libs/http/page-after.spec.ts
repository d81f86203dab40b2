import fc from 'fast-check';
import { cutAfter, nextPath } from './page-after.js';

async function* inBatches<T>(batches: readonly (readonly T[])[]) {
  yield* await Promise.resolve(batches);
}

describe('a cut', () => {
  it('has the beginning, and the last of it where there is more', async () => {
    const batches = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 12 }), async (all, limit) => {
        const cut = cutAfter(inBatches(all), limit);
        const expected = all.flat().slice(0, limit);
        expect((await Array.fromAsync(cut.batches)).flat()).toEqual(expected);
        expect(cut.last()).toBe(all.flat().length > limit ? expected.at(-1) : null);
      }),
    );
  });
});

describe('the path of the next page', () => {
  it('keeps all parameters but the token', () => {
    expect(nextPath('/audit?type=a&type=b&after=9&token=secret&actor=k%20d', 4)).toBe(
      '/audit?type=a&type=b&after=4&actor=k+d',
    );
    expect(nextPath('/audit', 4)).toBe('/audit?after=4');
  });
});
