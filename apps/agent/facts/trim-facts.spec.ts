import fc from 'fast-check';

import { FACTS_BYTES } from '#agent-protocol';
import type { JsonObject } from '#domain';

import { encodedSize } from '../cut.js';
import { trimFacts } from './trim-facts.js';

const anyFacts = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;

describe('facts that are trimmed', () => {
  it('stay as they are where they fit', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(trimFacts(facts, encodedSize(facts))).toEqual({ facts, leftOut: [] });
      }),
    );
  });

  it('have at most the limit, and lose the largest first and no more than they must', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 2, max: 400 }), (given, limit) => {
        const { facts, leftOut } = trimFacts(given, limit);
        expect(encodedSize(facts)).toBeLessThanOrEqual(limit);
        expect(Object.keys(facts)).toEqual(Object.keys(given).filter((name) => !leftOut.includes(name)));
        const size = (name: string) => encodedSize(name) + encodedSize(given[name]!);
        const smallestLost = Math.min(...leftOut.map(size));
        for (const name of Object.keys(facts)) expect(size(name)).toBeLessThanOrEqual(smallestLost);
        const last = leftOut.at(-1);
        if (last !== undefined) expect(encodedSize({ ...facts, [last]: given[last]! })).toBeGreaterThan(limit);
      }),
    );
  });

  it('lose what is nested too deep', () => {
    let deep: JsonObject[string] = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(trimFacts({ deep, kernel: 'Linux' })).toEqual({ facts: { kernel: 'Linux' }, leftOut: ['deep'] });
  });

  it('have at most 64 kB of JSON', () => {
    const { facts } = trimFacts({ notes: 'x'.repeat(FACTS_BYTES), nul: '\0'.repeat(FACTS_BYTES / 6), kernel: 'Linux' });
    expect(facts).toEqual({ kernel: 'Linux' });
  });
});
