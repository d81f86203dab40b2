import fc from 'fast-check';
import { Payload } from './payload.js';

const item = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 1000 }));
const array = fc.array(item, { minLength: 1 });

describe('a payload', () => {
  it('is one JSON array of all that was taken, and of nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ items: array, isTaken: fc.boolean() })), (offers) => {
        const payload = new Payload();
        for (const { items, isTaken } of offers) {
          const text = JSON.stringify(items);
          expect(payload.offer(text)).toBe(Buffer.byteLength(text));
          if (isTaken) payload.take();
        }
        const taken = offers.filter(({ isTaken }) => isTaken).flatMap(({ items }) => items);
        const { length } = payload;
        const bytes = payload.finish();
        expect(bytes).toHaveLength(length);
        expect(Buffer.from(bytes).toString()).toBe(taken.length === 0 ? '' : JSON.stringify(taken));
      }),
    );
  });
});
