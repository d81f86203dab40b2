import fc from 'fast-check';
import { instant, msOf } from './instant.js';

describe('an instant', () => {
  it('is told in UTC with milliseconds, whatever was told before it', () => {
    const ms = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(fc.array(ms), (instants) => {
        const again = instants.flatMap((each) => [each, each]);
        expect(again.map(instant)).toEqual(again.map((each) => new Date(each).toISOString()));
      }),
    );
  });

  it('is read as it was told, whatever was read before it', () => {
    const ms = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(fc.array(ms), (instants) => {
        const again = instants.flatMap((each) => [each, each]);
        expect(again.map((each) => msOf(instant(each)))).toEqual(again);
      }),
    );
  });
});
