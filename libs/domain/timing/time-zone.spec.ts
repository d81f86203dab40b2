import fc from 'fast-check';
import { InvalidTiming } from './invalid-timing.js';
import { clockOf } from './testing/clock-changes.js';
import { CHANGE_MS, isTimeZone, timeZone } from './time-zone.js';

const zones = Intl.supportedValuesOf('timeZone');

describe('a time zone', () => {
  it('is every one that the running Node lists', () => {
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it.each(['UTC', 'Etc/UTC', 'GMT', 'CET', 'EST', 'EST5EDT', 'PRC', 'US/Pacific', 'Asia/Calcutta', 'europe/berlin'])(
    'has the name %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['', ' ', 'Local', 'Europe/Berlin ', 'Europe', 'PST', 'IST', 'CST', 'SystemV/EST5', '+01:00', '-0500', 'Z'])(
    'does not have the name %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
      expect(() => timeZone(name)).toThrow(
        new InvalidTiming(`time zone is '${name}', expected a name of the IANA database, as Europe/Berlin`),
      );
    },
  );

  it('is one and the same in any case', () => {
    expect(timeZone('EUROPE/berlin')).toBe(timeZone('Europe/Berlin'));
  });

  it('has the offset that its clock shows, in a span that reaches to the next change or far', () => {
    const ms = fc.integer({ min: Date.UTC(1900), max: Date.UTC(2100) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), ms, (name, ms) => {
        const clock = clockOf(name);
        const offsetAt = (ms: number) => clock(ms) - Math.floor(ms / 1000) * 1000;
        const { fromMs, untilMs, offsetMs, offsetBeforeMs } = timeZone(name).spanAt(ms);
        expect([fromMs, ms, untilMs - 1].map(offsetAt)).toEqual([offsetMs, offsetMs, offsetMs]);
        expect(offsetAt(fromMs - 1)).toBe(offsetBeforeMs);
        expect(offsetBeforeMs !== offsetMs || ms - fromMs >= CHANGE_MS).toBe(true);
        expect(offsetAt(untilMs) !== offsetMs || untilMs - ms >= CHANGE_MS).toBe(true);
      }),
      // The clock was changed just where what is surveyed at once begins.
      { numRuns: 500, examples: [['Africa/Windhoek', Date.UTC(2016, 3, 6)]] },
    );
  });
});
