import fc from 'fast-check';
import { DueQueue } from './due-queue.js';
import type { Due } from './due-queue.js';

const inOrder = (a: Due, b: Due) => a.dueMs - b.dueMs || a.run - b.run;

/** Runs with few instants, so that many are due together. */
const runs = fc
  .array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 })
  .map((instants) => instants.map((dueMs, run): Due => ({ dueMs, run, place: -1 })));

const shuffled = runs.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

const drained = (queue: DueQueue<Due>) =>
  Array.from({ length: queue.size }, () => queue.shift()).map((one) => one && [one.dueMs, one.run]);

describe('a queue of what is due', () => {
  it('hands out in the order of due times, then of run numbers, in whatever order they came', () => {
    fc.assert(
      fc.property(shuffled, (all) => {
        const queue = new DueQueue<Due>();
        for (const one of all) queue.push(one);
        expect(queue.first()).toBe(all.toSorted(inOrder)[0]);
        expect(drained(queue)).toEqual(all.toSorted(inOrder).map(({ dueMs, run }) => [dueMs, run]));
      }),
    );
  });

  it('agrees with a sorted list, whatever is added, taken and given up', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('push' as const), dueMs: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ act: fc.constant('shift' as const) }),
      fc.record({ act: fc.constant('delete' as const), which: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new DueQueue<Due>();
        let model: Due[] = [];
        steps.forEach((each, run) => {
          if (each.act === 'push') {
            const one = { dueMs: each.dueMs, run, place: -1 };
            queue.push(one);
            model = [...model, one].sort(inOrder);
          } else if (each.act === 'shift') {
            expect(queue.shift()).toBe(model.shift());
          } else {
            const one = model[each.which % Math.max(1, model.length)];
            if (!one) return;
            expect(queue.delete(one)).toBe(true);
            expect(queue.delete(one)).toBe(false);
            model = model.filter((other) => other !== one);
          }
          expect(queue.size).toBe(model.length);
          expect(queue.first()).toBe(model[0]);
        });
      }),
    );
  });

  it('does not give up what waits in another', () => {
    const [here, there] = [new DueQueue<Due>(), new DueQueue<Due>()];
    const one = { dueMs: 1, run: 1, place: -1 };
    here.push(one);
    there.push({ dueMs: 1, run: 2, place: -1 });
    expect(there.delete(one)).toBe(false);
    expect([here.size, there.size]).toEqual([1, 1]);
  });

  it('holds nothing once it was cleared, and takes in again what it held', () => {
    const queue = new DueQueue<Due>();
    const one = { dueMs: 1, run: 1, place: -1 };
    queue.push(one);
    queue.clear();
    expect([queue.size, queue.first(), queue.delete(one)]).toEqual([0, undefined, false]);
    queue.push(one);
    expect(queue.shift()).toBe(one);
  });
});
