import fc from 'fast-check';
import { chainHash } from './hash.js';

const commit = fc.record({
  partition: fc.nat(),
  firstNumber: fc.integer({ min: 1 }),
  id: fc.string(),
  payload: fc.uint8Array(),
});
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('the chained hash', () => {
  it('differs whenever one of its parts differs, also where parts could be taken for each other', () => {
    fc.assert(
      fc.property(hash, commit, hash, commit, (previousA, a, previousB, b) => {
        const isSame =
          JSON.stringify([previousA, a, [...a.payload]]) === JSON.stringify([previousB, b, [...b.payload]]);
        expect(chainHash(previousA, a) === chainHash(previousB, b)).toBe(isSame);
      }),
    );
    const before = '0'.repeat(64);
    const one = { partition: 0, firstNumber: 1, id: 'ab', payload: Buffer.from('c') };
    expect(chainHash(before, { ...one, id: 'a', payload: Buffer.from('bc') })).not.toBe(chainHash(before, one));
  });

  it('stays what it has always been', () => {
    const first = { partition: 0, firstNumber: 1, id: 'id', payload: Buffer.from('[]') };
    expect(chainHash('0'.repeat(64), first)).toMatchInlineSnapshot(
      `"6d66f97546ec0a30509a64d7215fff72cfc31b0fad9630a2082c22e22dd15cdd"`,
    );
  });
});
