import type { Site } from './site.js';
import { torture } from './torture.js';

/** Of `npm run test:harm`; 0 without it. */
const FULL_ROUNDS = Number(process.env['DAYBOOK_HARM_ROUNDS'] ?? 0);

/** Chosen anew for each run, unless it is given. */
const SEED = Number(process.env['DAYBOOK_HARM_SEED'] ?? Date.now() % 1_000_000);

const SET_UP_MS = 60_000;
const ROUND_MS = 30_000;

export interface Rounds {
  /** In `npm test`, beside other tests; how long callers had to wait is printed there, and not judged. */
  readonly few: number;
  /** Part of the rounds of `npm run test:harm` that this site gets, up to 1. */
  readonly share: number;
  /** A caller is not without an answer for longer, on a machine that has nothing else to do. */
  readonly longestOutageMs: number;
}

/** Shown by the names of tests, so that a run can be repeated. */
export const seeded = `(seed ${SEED})`;

/** A test that harms a site, prints its figures and fails where a promise was broken; and the time that it may take. */
export function harmTest(
  open: () => Promise<Site>,
  { few, share, longestOutageMs }: Rounds,
): readonly [test: () => Promise<void>, timeoutMs: number] {
  const rounds = FULL_ROUNDS > 0 ? Math.ceil(FULL_ROUNDS * share) : few;
  const test = async () => {
    const site = await open();
    try {
      const finding = await torture(site, SEED, rounds);
      process.stdout.write(`${[`harm to ${site.name}, seed ${SEED}`, ...finding.figures].join('\n  ')}\n`);
      expect(finding.faults).toEqual([]);
      expect(finding.answered).toBeGreaterThan(0);
      if (FULL_ROUNDS > 0) expect(finding.longestOutageMs).toBeLessThanOrEqual(longestOutageMs);
    } finally {
      await site.close();
    }
  };
  return [test, SET_UP_MS + rounds * ROUND_MS];
}
