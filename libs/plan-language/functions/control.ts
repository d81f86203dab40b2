import { attempt } from '../compile/attempt.js';
import { describe } from '../values/describe.js';
import { entriesOf, valueAt } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { isNumber, plain } from '../values/numbers.js';
import { PlanError, planError } from '../values/plan-error.js';
import { is, isTruthy } from '../values/value.js';
import type { Hash, Value } from '../values/value.js';
import { hash, list, text } from './arguments.js';
import { newError } from './errors.js';
import { running } from './function.js';
import type { Functions, LambdaRule } from './function.js';

const ONCE: LambdaRule = { isRequired: true, min: 0, max: 0, isIteration: false };
const LONGEST_S = 31_536_000;
const MOST_ROUNDS = 1_000_000;

/** Functions that decide whether and how often a lambda is called, and those that end a plan. */
export const CONTROL: Functions = {
  with: running(0, Infinity, { ...ONCE, max: Infinity }, (args, { lambda, frame }) => lambda!.call(frame, args)),
  then: running(1, 1, { ...ONCE, min: 1, max: 1 }, function* ([value = null], { lambda, frame }) {
    return value === null ? null : yield* lambda!.call(frame, [value]);
  }),
  lest: running(1, 1, ONCE, function* ([value = null], { lambda, frame }) {
    return value ?? (yield* lambda!.call(frame, []));
  }),
  without_default_logging: running(0, 0, ONCE, (_args, { lambda, frame }) => lambda!.call(frame, [])),
  catch_errors: running(0, 1, ONCE, function* ([kinds = null], { lambda, frame, spot }) {
    const caught = attempt(spot, () => (kinds === null ? null : list(kinds).map(text)));
    try {
      return yield* lambda!.call(frame, []);
    } catch (error) {
      if (error instanceof PlanError && (caught === null || caught.includes(error.error.kind))) return error.error;
      throw error;
    }
  }),
  fail_plan: running(1, 4, null, function* (args, { spot }) {
    const [first = null] = args;
    throw new PlanError(is('Error', first) ? first : attempt(spot, () => newError(args)));
  }),
  fail: running(1, Infinity, null, function* (args, { spot }) {
    throw planError(
      'bolt/plan-failure',
      attempt(spot, () => args.map(text).join(' ')),
    );
  }),
  'ctrl::sleep': running(1, 1, null, function* ([value = null], { spot }) {
    const seconds = attempt(spot, () => secondsOf('the time', value));
    yield { kind: 'sleep', at: spot.place, seconds };
    return null;
  }),
  'ctrl::do_until': running(1, 1, ONCE, function* ([given], { lambda, frame, spot }) {
    const { limit, interval } = attempt(spot, () => rounds(hash(given)));
    for (let round = 1; ; round += 1) {
      const value = yield* lambda!.call(frame, []);
      if (isTruthy(value) || round >= limit) return value;
      if (interval > 0) yield { kind: 'sleep', at: spot.place, seconds: interval };
    }
  }),
};

function secondsOf(what: string, value: Value): number {
  if (isNumber(value) && plain(value) >= 0 && plain(value) <= LONGEST_S) return plain(value);
  throw new Mistake(`${what} is ${describe(value)}, expected a number of seconds from 0 to ${LONGEST_S}`);
}

/** A plan that waits for ever would never end, so there must be a limit. */
function rounds(options: Hash): { readonly limit: number; readonly interval: number } {
  for (const [key] of entriesOf(options)) {
    if (key !== 'limit' && key !== 'interval')
      throw new Mistake(`the option is ${describe(key)}, expected limit or interval`);
  }
  const limit = valueAt(options, 'limit') ?? null;
  if (typeof limit !== 'number' || limit < 1 || limit > MOST_ROUNDS) {
    throw new Mistake(`limit is ${describe(limit)}, expected an integer from 1 to ${MOST_ROUNDS}`);
  }
  return { limit, interval: secondsOf('interval', valueAt(options, 'interval') ?? 0) };
}
