import fc from 'fast-check';

import { afterPrefix } from './prefix.js';

const text = fc.string({ unit: 'binary', maxLength: 4 });
const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('the end of the texts that begin so', () => {
  it('has before it all that begin so and are not before the prefix, and no other', () => {
    fc.assert(
      fc.property(text, fc.oneof(text, fc.constant('')), text, (prefix, rest, other) => {
        const end = afterPrefix(prefix);
        for (const each of [prefix + rest, other]) {
          const isBetween = compare(prefix, each) <= 0 && (end === null || compare(each, end) < 0);
          expect(isBetween).toBe(each.startsWith(prefix));
        }
      }),
    );
  });

  it.each([
    ['a', 'b'],
    ['aÿ', 'aĀ'],
    ['\u{d7ff}', '\u{e000}'],
    ['\u{ffff}', '\u{10000}'],
    ['a\u{10ffff}\u{10ffff}', 'b'],
  ])('of %j is %j', (prefix, end) => {
    expect(afterPrefix(prefix)).toBe(end);
  });

  it.each(['', '\u{10ffff}'])('is none for %j', (prefix) => {
    expect(afterPrefix(prefix)).toBeNull();
  });
});
