import fc from 'fast-check';
import { beginningOf } from './beginning-of.js';

describe('the beginning of a text', () => {
  it.each([
    ['hello', 5, 'hello'],
    ['hello', 4, 'hell'],
    ['aé', 2, 'a'],
    ['aé', 3, 'aé'],
    ['😀', 3, ''],
    ['', 0, ''],
  ])('%j in %d bytes is %j', (text, bytes, beginning) => {
    expect(beginningOf(text, bytes)).toBe(beginning);
  });

  it('is as long as the bytes allow, and divides no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, bytes) => {
        const beginning = beginningOf(text, bytes);
        expect(text.startsWith(beginning)).toBe(true);
        expect(beginning.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(beginning)).toBeLessThanOrEqual(bytes);
        const [next = ''] = text.slice(beginning.length);
        if (next !== '') expect(Buffer.byteLength(beginning + next)).toBeGreaterThan(bytes);
      }),
    );
  });
});
