import fc from 'fast-check';
import type { Json } from '../json.js';
import { hashOfJson } from './hash.js';
import { isSameJson } from './same-json.js';

/** Few names and values, so that many are nearly the same. */
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, 1, 1.5, '', 'a', '1', 'null'),
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('json'), { maxKeys: 2 }),
  ),
}));

const copy = (value: Json) => JSON.parse(JSON.stringify(value)) as Json;

/** With the names of all properties in order. */
function ordered(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { members: entries.map(([name, each]) => [name, ordered(each)]) };
}

describe('JSON values', () => {
  it('are the same where their texts are, but for the order of properties', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [one, other] = [copy(a), copy(b)];
        expect(isSameJson(one, other)).toBe(JSON.stringify(ordered(one)) === JSON.stringify(ordered(other)));
        expect(isSameJson(one, copy(one))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('have the same hash where they are the same and their properties are in the same order', () => {
    fc.assert(fc.property(json, (value) => expect(hashOfJson(copy(value))).toBe(hashOfJson(copy(value)))));
  });
});
