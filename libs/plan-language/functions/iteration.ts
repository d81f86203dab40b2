import { attempt } from '../compile/attempt.js';
import type { Course } from '../compile/code.js';
import { landing } from '../compile/jump.js';
import { equal } from '../values/equal.js';
import { hashOf } from '../values/hash.js';
import type { Entry } from '../values/hash.js';
import { identity } from '../values/identity.js';
import { is, isTruthy } from '../values/value.js';
import type { Value } from '../values/value.js';
import { growing } from '../values/weight.js';
import { elements, integer, numbered } from './arguments.js';
import type { Numbered } from './arguments.js';
import { running } from './function.js';
import type { Call, Functions, LambdaRule } from './function.js';

const EACH: LambdaRule = { isRequired: true, min: 1, max: 2, isIteration: true };
const PERHAPS: LambdaRule = { ...EACH, isRequired: false };

/** What a lambda makes of an element: it is passed the key too where it takes two values, or a pair of a hash's. */
function* passed(call: Call, of: Value | undefined, [key, value]: Numbered): Course {
  const { lambda, frame } = call;
  if (lambda === null) return value;
  if (lambda.takes >= 2) return yield* lambda.call(frame, [key, value]);
  return yield* lambda.call(frame, [of !== undefined && is('Hash', of) ? [key, value] : value]);
}

/** Goes through elements until `visit` says false or the lambda says `break`. */
function through(
  call: Call,
  of: Value | undefined,
  visit: (made: Value, element: Numbered) => boolean | void,
  items = attempt(call.spot, () => numbered(of)),
): Course<void> {
  return untilBreak(call, function* () {
    for (const element of items) {
      const made = yield* passed(call, of, element);
      if (attempt(call.spot, () => visit(made, element)) === false) return;
    }
  });
}

function* untilBreak({ frame }: Call, run: () => Course<void>): Course<void> {
  try {
    yield* run();
  } catch (error) {
    landing('break', error, frame);
  }
}

/** An element as it stands in an array: a pair where it comes from a hash. */
const elementOf = (of: Value | undefined, [key, value]: Numbered): Value =>
  of !== undefined && is('Hash', of) ? [key, value] : value;

/** Functions that call their lambda for each element. */
export const ITERATION: Functions = {
  each: running(1, 1, EACH, function* ([of = null], call) {
    yield* through(call, of, () => {});
    return of;
  }),
  reverse_each: running(1, 1, EACH, function* ([of = null], call) {
    const items = attempt(call.spot, () => [...numbered(of)].reverse());
    yield* through(call, of, () => {}, items);
    return of;
  }),
  map: running(1, 1, EACH, function* ([of], call) {
    const { values, add } = growing();
    yield* through(call, of, add);
    return values;
  }),
  filter: running(1, 1, EACH, function* ([of], call) {
    const kept: Numbered[] = [];
    yield* through(call, of, (made, element) => void (isTruthy(made) && kept.push(element)));
    return of !== undefined && is('Hash', of) ? hashOf(kept) : kept.map(([, value]) => value);
  }),
  any: running(1, 1, PERHAPS, function* ([of], call) {
    let found = false;
    yield* through(call, of, (made) => !(found = isTruthy(made)));
    return found;
  }),
  all: running(1, 1, PERHAPS, function* ([of], call) {
    let found = true;
    yield* through(call, of, (made) => (found = isTruthy(made)));
    return found;
  }),
  count: running(1, 2, PERHAPS, function* ([of, wanted], call) {
    let found = 0;
    const counts = (made: Value) =>
      call.lambda !== null ? isTruthy(made) : wanted === undefined ? made !== null && made !== '' : equal(made, wanted);
    yield* through(call, of, (made) => void (found += counts(made) ? 1 : 0));
    return found;
  }),
  index: running(1, 2, PERHAPS, function* ([of, wanted = null], call) {
    let found: Value = null;
    yield* through(call, of, (made, [key]) => {
      if (call.lambda === null ? !equal(made, wanted) : !isTruthy(made)) return true;
      found = key;
      return false;
    });
    return found;
  }),
  group_by: running(1, 1, EACH, function* ([of], call) {
    const groups = new Map<string, [Value, Value[]]>();
    yield* through(call, of, (made, element) => {
      const group = groups.get(identity(made)) ?? [made, []];
      group[1].push(elementOf(of, element));
      groups.set(identity(made), group);
    });
    return hashOf([...groups.values()] satisfies Entry[]);
  }),
  reduce: running(1, 2, { ...EACH, min: 2 }, function* ([of, ...start], call) {
    const [first, ...others] = [...start, ...attempt(call.spot, () => elements(of))];
    let memo = first ?? null;
    yield* untilBreak(call, function* () {
      for (const each of others) memo = yield* call.lambda!.call(call.frame, [memo, each]);
    });
    return memo;
  }),
  slice: running(2, 2, { ...PERHAPS, max: Infinity }, function* ([of = null, size], call) {
    const slices = attempt(call.spot, () => sliced(elements(of), integer(size)));
    const { lambda, frame } = call;
    if (lambda === null) return slices;
    yield* untilBreak(call, function* () {
      for (const slice of slices) yield* lambda.call(frame, lambda.takes === 1 ? [slice] : slice);
    });
    return of;
  }),
  step: running(2, 2, { ...PERHAPS, max: 1 }, function* ([of = null, step], call) {
    const items = attempt(call.spot, () => elements(of).filter((_, i) => i % Math.max(1, integer(step)) === 0));
    if (call.lambda === null) return items;
    yield* through(call, items, () => {});
    return of;
  }),
};

function sliced(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  const by = Math.max(1, size);
  return Array.from({ length: Math.ceil(values.length / by) }, (_, i) => values.slice(i * by, (i + 1) * by));
}
