import type { Value } from '../values/value.js';
import type { Frame } from './code.js';

/** Leaves code early: a block of code with `return`, one call of a lambda with `next`, all of them with `break`. */
export type JumpKind = 'return' | 'next' | 'break';

class Jump extends Error {
  override readonly name = 'Jump';

  constructor(readonly kind: JumpKind) {
    super(kind);
  }
}

/** One of each, as a new one each time would take long to note where it was made. */
const JUMPS: Readonly<Record<JumpKind, Jump>> = {
  return: new Jump('return'),
  next: new Jump('next'),
  break: new Jump('break'),
};

/** Leaves code with a value. */
export function jump(kind: JumpKind, value: Value, frame: Frame): never {
  frame.carried = value;
  throw JUMPS[kind];
}

/** The value with which a jump of this kind ended; anything else is thrown again. */
export function landing(kind: JumpKind, error: unknown, frame: Frame): Value {
  if (error !== JUMPS[kind]) throw error;
  return frame.carried;
}
