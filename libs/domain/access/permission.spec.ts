import fc from 'fast-check';
import { EVERYTHING, permission, permits } from './permission.js';
import type { Permission } from './permission.js';

const place = fc.constantFrom('*', 'a', 'b');
const triple: fc.Arbitrary<Permission> = fc.record({ object_type: place, action: place, instance: place });
const triples = fc.array(triple, { maxLength: 4 });

/** What a triple allows, thing by thing; `c` stands for everything that is not named. */
function thingsOf({ object_type, action, instance }: Permission): string[] {
  const values = (text: string) => (text === '*' ? ['a', 'b', 'c'] : [text]);
  return values(object_type).flatMap((o) =>
    values(action).flatMap((a) => values(instance).map((i) => `${o}:${a}:${i}`)),
  );
}

describe('permissions', () => {
  it('allow what they name, and all where they have *', () => {
    const held = [permission('tasks', 'run', 'echo'), permission('nodes', '*')];
    expect(permits(held, permission('tasks', 'run', 'echo'))).toBe(true);
    expect(permits(held, permission('tasks', 'run', 'facts'))).toBe(false);
    expect(permits(held, permission('tasks', 'run'))).toBe(false);
    expect(permits(held, permission('nodes', 'view_data', 'x'))).toBe(true);
    expect(permits([], permission('nodes', 'view_data'))).toBe(false);
    expect(permits([EVERYTHING], permission('*', '*'))).toBe(true);
  });

  it('add up: more of them never allow less', () => {
    fc.assert(
      fc.property(triples, triples, triple, (some, more, wanted) => {
        if (permits(some, wanted)) expect(permits([...some, ...more], wanted)).toBe(true);
      }),
    );
  });

  it('allow a thing only where every single thing in it is allowed', () => {
    fc.assert(
      fc.property(triples, triple, (held, wanted) => {
        const allowed = new Set(held.flatMap(thingsOf));
        if (permits(held, wanted)) expect(thingsOf(wanted).every((thing) => allowed.has(thing))).toBe(true);
      }),
    );
  });
});
