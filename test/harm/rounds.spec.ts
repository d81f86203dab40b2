import fc from 'fast-check';
import { roundsOf } from './rounds.js';

const seeds = fc.integer({ min: 0, max: 999_999 });
const targets = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });
const counts = fc.integer({ min: 0, max: 60 });

describe('the rounds of a seed', () => {
  it('are the same each time, and as many as asked for', () => {
    fc.assert(
      fc.property(seeds, targets, counts, (seed, names, count) => {
        const rounds = roundsOf(seed, names, count);
        expect(rounds).toHaveLength(count);
        expect(roundsOf(seed, names, count)).toEqual(rounds);
      }),
    );
  });

  it('do every harm to every target before one comes again', () => {
    fc.assert(
      fc.property(seeds, targets, (seed, names) => {
        const harms = roundsOf(seed, names, 2 * names.length).map(({ target, harm }) => `${harm} ${target}`);
        expect(new Set(harms).size).toBe(2 * names.length);
      }),
    );
  });

  it('freeze for at most 5 s', () => {
    fc.assert(
      fc.property(seeds, targets, counts, (seed, names, count) => {
        for (const { harm, frozenMs } of roundsOf(seed, names, count)) {
          expect(harm === 'kill' ? frozenMs === 0 : frozenMs >= 200 && frozenMs <= 5000).toBe(true);
        }
      }),
    );
  });

  it('differ between seeds', () => {
    const some = Array.from({ length: 20 }, (_, seed) => JSON.stringify(roundsOf(seed, ['server', 'agent'], 3)));
    expect(new Set(some).size).toBeGreaterThan(15);
  });
});
