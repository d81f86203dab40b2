import fc from 'fast-check';
import type { Json, JsonObject } from '#domain';
import { diff } from './diff.js';
import type { Change } from './diff.js';

const objects = fc
  .dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 3 }))
  .map((object) => copy(object as JsonObject));

const copy = (object: JsonObject) => JSON.parse(JSON.stringify(object)) as JsonObject;

/** Two objects that have much in common. */
const pairs = fc.tuple(objects, objects, objects).map(
  ([common, a, b]) =>
    [
      { common, ...common, ...a, x: { ...common, ...a } },
      { common, ...common, ...b, x: { ...common, ...b } },
    ] as const,
);

/** What an object becomes by changes. */
function applied(object: JsonObject, changes: readonly Change[]): JsonObject {
  const result = copy(object) as Record<string, Json>;
  for (const { path, after } of changes) {
    const keys = path
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    let place = result;
    for (const key of keys.slice(0, -1)) place = place[key] as Record<string, Json>;
    if (after === undefined) delete place[keys.at(-1)!];
    else
      Object.defineProperty(place, keys.at(-1)!, {
        value: after,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return result;
}

describe('a diff', () => {
  it('makes the one object of the other, both ways', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(applied(before, diff(before, after))).toEqual(after);
        expect(applied(after, diff(after, before))).toEqual(before);
      }),
    );
  });

  it('is empty for equal objects alone', () => {
    fc.assert(
      fc.property(objects, (object) => {
        expect(diff(object, copy(object))).toEqual([]);
        expect(diff(object, { ...object, added: 1 })).toHaveLength(object['added'] === 1 ? 0 : 1);
      }),
    );
  });

  it('names places by JSON Pointers, and takes arrays as they are', () => {
    const before = { 'a/b': { '~': 1, c: null }, nodes: ['n1', 'n2'], gone: true };
    const after = { 'a/b': { '~': 2, c: null }, nodes: ['n2'], come: {} };
    expect(diff(before, after)).toEqual([
      { path: '/a~1b/~0', before: 1, after: 2 },
      { path: '/nodes', before: ['n1', 'n2'], after: ['n2'] },
      { path: '/gone', before: true },
      { path: '/come', after: {} },
    ]);
  });
});
