import fc from 'fast-check';
import { secondsOf } from './duration.js';

describe('a duration that is typed', () => {
  it('is the sum of its parts', () => {
    const count = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(count, count, count, count, (d, h, m, s) => {
        const seconds = ((d * 24 + h) * 60 + m) * 60 + s;
        expect(secondsOf(`${d}d${h}h${m}m${s}s`)).toBe(seconds || null);
        expect(secondsOf(`${s}s${d}d`)).toBe(d * 86_400 + s || null);
      }),
    );
  });

  it.each([[''], ['10'], ['1 h'], ['1.5h'], ['-1h'], ['1w'], ['h'], ['0s']])('is not %j', (text) => {
    expect(secondsOf(text)).toBeNull();
  });
});
