import fc from 'fast-check';
import type { Json } from '../json.js';
import { SharedJson } from './shared-json.js';

describe('shared JSON', () => {
  it('gives back what is held, the same number for the same value, for as long as anybody holds it', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.parse(JSON.stringify(json)) as Json),
      fc.constantFrom<Json>('{}', {}, '', 'null', null, [1], '[1]'),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(), { maxLength: 100 }),
        (pool, draws) => {
          const shared = new SharedJson();
          const held: { readonly value: Json; readonly number: number }[] = [];
          for (const draw of draws) {
            if (draw % 3 === 0 && held.length > 0) {
              const [gone] = held.splice(draw % held.length, 1);
              shared.release(gone!.number);
            } else {
              const value = pool[draw % pool.length]!;
              const like = draw % 2 === 0 ? held.at(-1)?.number : undefined;
              held.push({ value, number: shared.hold(structuredClone(value), like) });
            }
            for (const { value, number } of held) expect(shared.value(number)).toEqual(value);
            const texts = new Map(held.map(({ value, number }) => [JSON.stringify(value), number]));
            expect(new Set(held.map(({ number }) => number)).size).toBe(texts.size);
          }
        },
      ),
    );
  });

  it('keeps nothing of what nobody holds', () => {
    const shared = new SharedJson();
    const first = shared.hold({ a: 1 });
    shared.holdAgain(first);
    shared.release(first);
    expect(shared.value(first)).toEqual({ a: 1 });
    shared.release(first);
    expect(shared.hold('another')).toBe(first);
  });

  it('keeps values apart whose properties stand in another order, whatever was asked for before', () => {
    const shared = new SharedJson();
    const first = shared.hold({ a: 1, b: 2 });
    expect(shared.hold({ a: 1, b: 2 })).toBe(first);
    shared.value(first);
    const other = shared.hold({ b: 2, a: 1 }, first);
    expect(JSON.stringify(shared.value(other))).toBe('{"b":2,"a":1}');
  });

  it('gives one object to all who hold it', () => {
    const shared = new SharedJson();
    const number = shared.hold({ a: 1 });
    shared.hold({ a: 1 });
    expect(shared.value(number)).toBe(shared.value(number));
  });
});
