import fc from 'fast-check';

import { openTurns } from './turns.js';
import type { Turn } from './turns.js';

const AT_ONCE = 3;

describe('turns', () => {
  it('let so many go on at the same time, and the others in the order in which they came', async () => {
    const acts = fc.array(fc.record({ act: fc.constantFrom('take', 'end', 'begin'), which: fc.nat(20) }), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const take = openTurns(AT_ONCE);
        const taken: Turn[] = [];
        const begun = new Set<number>();
        const forced = new Set<number>();
        const over = new Set<number>();
        for (const { act, which } of all) {
          const index = act === 'take' ? taken.length : which;
          if (act === 'take') {
            taken.push(take());
            void taken[index]!.begun.then(() => begun.add(index));
          } else if (taken[index] && act === 'begin') {
            if (!over.has(index) && !begun.has(index)) forced.add(index);
            taken[index].begin();
          } else if (taken[index]) {
            taken[index].end();
            over.add(index);
          }
          await Promise.resolve();
          const going = [...begun].filter((each) => !over.has(each));
          const waiting = taken.flatMap((_, each) => (begun.has(each) || over.has(each) ? [] : [each]));
          const inLine = going.filter((each) => !forced.has(each));
          if (waiting.length > 0) {
            expect(going.length).toBeGreaterThanOrEqual(AT_ONCE);
            for (const each of inLine) expect(each).toBeLessThan(waiting[0]!);
          }
          expect(inLine.length).toBeLessThanOrEqual(AT_ONCE);
        }
      }),
    );
  });
});
