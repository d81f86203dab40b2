import fc from 'fast-check';
import { RowIndex } from './row-index.js';

describe('an index of rows', () => {
  it('finds every row that is in it and no other, however many have the same hash', () => {
    const hashes = fc.array(fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(hashes, fc.array(fc.nat(), { maxLength: 300 }), (hashes, draws) => {
        const index = new RowIndex((row) => hashes[row]!);
        const present = new Set<number>();
        for (const draw of draws) {
          const row = draw % hashes.length;
          if (present.delete(row)) index.remove(row);
          else {
            present.add(row);
            index.add(row);
          }
          const found = hashes.map((hash, wanted) => index.find(hash, (row) => row === wanted));
          expect(found).toEqual(hashes.map((_, wanted) => (present.has(wanted) ? wanted : -1)));
        }
      }),
    );
  });
});
