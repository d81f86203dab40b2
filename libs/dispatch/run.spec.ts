import fc from 'fast-check';
import { runIds } from './run.js';

const streamId = fc.uuid();
const job = fc.integer({ min: 1, max: 999_999_999_999_999 });
const index = fc.nat(15_000);

describe('the id of a run', () => {
  it('tells its job, in its own log only', () => {
    fc.assert(
      fc.property(streamId, streamId, job, index, (ours, theirs, number, place) => {
        fc.pre(ours !== theirs);
        const id = runIds(ours).of(number, place);
        expect(runIds(ours).jobOf(id)).toBe(number);
        expect(runIds(theirs).jobOf(id)).toBeNull();
      }),
    );
  });

  it('is not just any text', () => {
    fc.assert(fc.property(streamId, fc.string(), (ours, text) => expect(runIds(ours).jobOf(text)).toBeNull()));
  });
});
