import { Mistake } from '../values/mistake.js';
import type { Value } from '../values/value.js';
import { MAX_WEIGHT, weigh } from '../values/weight.js';
import type { Frame } from './code.js';

/** What the values of all variables may weigh together. */
const MOST_HELD = 4 * MAX_WEIGHT;

/** Gives a variable its value, or takes it away. @throws Mistake when all variables together hold too much */
export function hold(frame: Frame, slot: number, value: Value | undefined): void {
  const before = frame.slots[slot];
  frame.run.held += (value === undefined ? 0 : weigh(value)) - (before === undefined ? 0 : weigh(before));
  frame.slots[slot] = value;
  if (value !== undefined && frame.run.held > MOST_HELD) {
    throw new Mistake(`the variables hold more than ${MOST_HELD / 1024 / 1024} MiB, expected less`);
  }
}

/** Takes the values of all variables away. */
export function release(frame: Frame): void {
  frame.slots.forEach((_, slot) => hold(frame, slot, undefined));
}
