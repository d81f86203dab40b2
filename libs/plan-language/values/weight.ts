import { Mistake } from './mistake.js';
import { isTagged } from './value.js';
import type { Tagged, Value } from './value.js';

/** What a value may weigh, about the bytes that it takes when nothing of it is shared. */
export const MAX_WEIGHT = 32 * 1024 * 1024;

/** Levels that a value may have. */
export const MAX_LEVELS = 100;

interface Measure {
  readonly weight: number;
  readonly levels: number;
}

const ALONE = 16;
const ENTRY = 48;
const measures = new WeakMap<object, Measure>();

/** What a value weighs. @throws Mistake when it is heavier or deeper than a value may be */
export function weigh(value: Value): number {
  return measure(value).weight;
}

function measure(value: Value): Measure {
  if (typeof value === 'string') return { weight: ALONE + value.length, levels: 1 };
  if (value === null || typeof value !== 'object') return LIGHT;
  let known = measures.get(value);
  if (known === undefined) measures.set(value, (known = measureWhole(value)));
  return known;
}

const LIGHT: Measure = { weight: ALONE, levels: 1 };

function measureWhole(value: Tagged | readonly Value[]): Measure {
  let weight = ALONE;
  let levels = 0;
  for (const part of isTagged(value) ? partsOf(value) : value) {
    if (typeof part === 'object' && part !== null) {
      const of = measure(part);
      weight += of.weight;
      levels = Math.max(levels, of.levels);
    } else {
      weight += ALONE + (typeof part === 'string' ? part.length : 0);
      levels = Math.max(levels, 1);
    }
    if (weight > MAX_WEIGHT) throw tooHeavy();
  }
  if (isTagged(value) && value.is === 'Hash') weight += ENTRY * value.entries.size;
  if (weight > MAX_WEIGHT) throw tooHeavy();
  if (levels >= MAX_LEVELS) throw new Mistake(`the value is nested too deeply, expected at most ${MAX_LEVELS} levels`);
  return { weight, levels: levels + 1 };
}

function* partsOf(value: Tagged): Iterable<Value> {
  switch (value.is) {
    case 'Hash':
      for (const entry of value.entries.values()) yield* entry;
      return;
    case 'ResultSet':
      yield* value.results;
      return;
    case 'Result':
    case 'Sensitive':
      yield value.value;
      return;
    case 'Error':
      yield value.msg;
      yield value.details;
      return;
    case 'Float':
    case 'Default':
    case 'Regex':
    case 'Type':
    case 'Target':
      return;
  }
}

/** The refusal of a value that would take too much memory. */
export const tooHeavy = () => new Mistake(`the value is too large, expected at most ${MAX_WEIGHT / 1024 / 1024} MiB`);

/** An array that is filled one by one and never grows too heavy. */
export function growing<T extends Value = Value>(): {
  readonly values: readonly T[];
  readonly add: (value: T) => void;
} {
  const values: T[] = [];
  let weight = 0;
  return {
    values,
    add(value) {
      weight += weigh(value);
      if (weight > MAX_WEIGHT) throw tooHeavy();
      values.push(value);
    },
  };
}
