import fc from 'fast-check';

import type { Json, JsonObject } from '#domain';

import { FACTS_BYTES, factsDigest, readFacts } from './facts.js';

const messageOf = (facts: JsonObject) => ({
  digest: factsDigest(facts),
  takenAt: '2027-05-05T12:00:00.000Z',
  environment: 'production',
  facts,
});

/** The same value with the keys of all its objects the other way round. */
function turned(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

/** As they come over the wire, which knows no -0. */
const anyFacts = fc.dictionary(fc.string(), fc.json()).map((facts) => parsed(facts));
const parsed = (facts: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(facts).map(([name, text]) => [name, JSON.parse(JSON.stringify(JSON.parse(text))) as Json]),
  );

describe('the digest of facts', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(anyFacts, (facts) => factsDigest(facts) === factsDigest(turned(facts) as JsonObject)));
  });

  it('is another one for other facts', () => {
    fc.assert(
      fc.property(anyFacts, fc.string(), fc.integer(), (facts, name, number) => {
        fc.pre(facts[name] !== number);
        expect(factsDigest({ ...facts, [name]: number })).not.toBe(factsDigest(facts));
      }),
    );
    expect(factsDigest({ a: [1, 2] })).not.toBe(factsDigest({ a: [2, 1] }));
  });
});

describe('a message of facts', () => {
  it('is read as it was sent', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(readFacts(JSON.parse(JSON.stringify(messageOf(facts))))).toEqual(messageOf(facts));
      }),
    );
  });

  const good = messageOf({ kernel: 'Linux' });
  let deep: Json = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];

  it.each([
    ['no object', null, 'the message is wrong'],
    ['without facts', { ...good, facts: undefined }, 'the message is wrong'],
    ['with a list of facts', { ...good, facts: [] }, 'the message is wrong'],
    ['of yesterday', { ...good, takenAt: 'yesterday' }, 'the message is wrong'],
    ['of an environment that is no name', { ...good, environment: 'a b' }, 'the message is wrong'],
    ['with the digest of other facts', { ...good, facts: { kernel: 'Darwin' } }, `digest is ${good.digest}, expected`],
    ['nested too deep', { ...good, facts: { deep } }, 'nested deeper than 100 levels'],
    ['too large', messageOf({ notes: 'x'.repeat(FACTS_BYTES) }), `expected at most ${FACTS_BYTES}`],
  ])('%s is refused', (_, message, reason) => {
    expect(readFacts(message)).toContain(reason);
  });
});
