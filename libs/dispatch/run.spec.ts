import fc from 'fast-check';
import { runIds } from './run.js';

const run = fc.record({ log: fc.uuid(), job: fc.integer({ min: 1, max: 999_999_999_999_999 }), index: fc.nat(15_000) });
const idOf = ({ log, job, index }: { log: string; job: number; index: number }) => runIds(log).of(job, index);

describe('the id of a run', () => {
  it('is the same for the same run, and that of no other', () => {
    fc.assert(
      fc.property(run, run, (one, other) => {
        expect(idOf(one) === idOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(idOf(one)).toBe(idOf(one));
      }),
    );
  });
});
