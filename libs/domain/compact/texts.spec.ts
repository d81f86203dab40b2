import fc from 'fast-check';
import { Texts } from './texts.js';

describe('texts that come and go', () => {
  it('are given back as long as they are not removed, whatever else was', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      // Long enough that pages fill and are given up.
      fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 200_000 })).map(([digit, length]) => String(digit).repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.nat()), { maxLength: 60 }), (steps) => {
        const texts = new Texts();
        const kept = new Map<number, string>();
        for (const [text, draw] of steps) {
          if (draw % 3 === 0 && kept.size > 0) {
            const number = [...kept.keys()][draw % kept.size]!;
            texts.remove(number);
            kept.delete(number);
          } else {
            const number = texts.add(text);
            expect(kept.has(number)).toBe(false);
            kept.set(number, text);
          }
        }
        for (const [number, text] of kept) {
          expect(texts.get(number)).toBe(text);
          expect(texts.isEqual(number, text)).toBe(true);
          expect(texts.isEqual(number, `${text}x`)).toBe(false);
        }
      }),
    );
  });

  it('move when most of what stood beside them is gone', () => {
    const texts = new Texts();
    const numbers = Array.from({ length: 50_000 }, (_, i) => texts.add(`${i}`.padStart(100, 'é')));
    for (const number of numbers) if (number % 10 !== 0) texts.remove(number);
    for (const number of numbers) {
      if (number % 10 === 0) expect(texts.get(number)).toBe(`${number}`.padStart(100, 'é'));
    }
    expect(texts.add('another')).toBe(49_999);
  });
});
