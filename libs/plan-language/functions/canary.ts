import { attempt } from '../compile/attempt.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import type { Value } from '../values/value.js';
import { integer, list } from './arguments.js';
import { running } from './function.js';
import type { Functions } from './function.js';
import { randomNumbers } from './random.js';

/** Choosing some nodes first. */
export const CANARY: Functions = {
  'canary::random_split': running(2, 2, null, function* ([nodes, size], { frame, spot }) {
    return attempt(spot, () => {
      frame.run.choices += 1;
      return split(list(nodes), integer(size), randomNumbers(`${frame.run.seed}:${frame.run.choices}`));
    });
  }),
};

/** Some that are chosen by chance, and the rest; both in the order in which they were given. */
function split(values: readonly Value[], size: number, random: () => number): Value {
  if (size < 0) throw new Mistake(`the size is ${describe(size)}, expected at least 0`);
  const order = values.map((_, i) => i);
  for (let i = 0; i < Math.min(size, order.length); i += 1) {
    const j = i + Math.floor(random() * (order.length - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const chosen = new Set(order.slice(0, size));
  return [values.filter((_, i) => chosen.has(i)), values.filter((_, i) => !chosen.has(i))];
}
