import type { Clock } from '../clock.js';

/** A clock that goes as the machine's does, from any instant, and can be set. */
export interface MovableClock extends Clock {
  /** Lets time pass at once. */
  pass(ms: number): void;
  /** Sets the wall clock forwards or back, as an operator does. */
  step(ms: number): void;
}

export function movableClock(startMs = Date.now()): MovableClock {
  const started = performance.now();
  let passed = 0;
  let stepped = 0;
  const monotonic = () => performance.now() - started + passed;
  return {
    monotonic,
    now: () => Math.floor(startMs + monotonic() + stepped),
    pass: (ms) => void (passed += ms),
    step: (ms) => void (stepped += ms),
  };
}
