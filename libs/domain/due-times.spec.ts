import fc from 'fast-check';
import { DueTimes } from './due-times.js';

describe('due times', () => {
  it('come in order, each with its latest time, whatever was moved or dropped before', () => {
    const step = fc.record({ id: fc.integer({ min: 1, max: 30 }), ms: fc.option(fc.integer({ min: 0, max: 50 })) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
        const due = new DueTimes();
        const expected = new Map<number, number>();
        for (const { id, ms } of steps) {
          if (ms === null) {
            due.drop(id);
            expected.delete(id);
          } else {
            due.set(id, ms);
            expected.set(id, ms);
          }
        }
        const taken: [number, number][] = [];
        for (let first = due.first(); first; first = due.first()) {
          taken.push([first.id, first.ms]);
          due.drop(first.id);
        }
        expect(taken).toEqual([...expected].toSorted(([a, aMs], [b, bMs]) => aMs - bMs || a - b));
      }),
    );
  });
});
