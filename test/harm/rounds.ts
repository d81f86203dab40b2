import fc from 'fast-check';

/** What is done to processes in a round, in milliseconds. */
export interface Round {
  /** Name of the target, as the site has it. */
  readonly target: string;
  readonly harm: 'kill' | 'freeze';
  /** How long all is well before. */
  readonly afterMs: number;
  /** How long the target stands still; 0 where it is killed. */
  readonly frozenMs: number;
}

const LONGEST_CALM_MS = 1500;
const SHORTEST_FREEZE_MS = 200;
const LONGEST_FREEZE_MS = 5000;

/**
 * The rounds that follow from a seed: every harm to every target once in an order of their own, then once again in
 * another order, until there are enough. The same arguments give the same rounds.
 */
export function roundsOf(seed: number, targets: readonly string[], count: number): Round[] {
  const harms = targets.flatMap((target) => (['kill', 'freeze'] as const).map((harm) => ({ target, harm })));
  const decks = Math.ceil(count / harms.length);
  const deck = fc.shuffledSubarray(harms, { minLength: harms.length });
  const times = fc.record({
    afterMs: fc.noBias(fc.integer({ min: 0, max: LONGEST_CALM_MS })),
    frozenMs: fc.noBias(fc.integer({ min: SHORTEST_FREEZE_MS, max: LONGEST_FREEZE_MS })),
  });
  const drawn = fc.sample(deck, { seed, numRuns: decks }).flat().slice(0, count);
  const timesOf = fc.sample(times, { seed, numRuns: count });
  return drawn.map((harm, index) => {
    const { afterMs, frozenMs } = timesOf[index]!;
    return { ...harm, afterMs, frozenMs: harm.harm === 'freeze' ? frozenMs : 0 };
  });
}
