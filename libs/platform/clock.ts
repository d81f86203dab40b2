/** What time it is, in milliseconds. */
export interface Clock {
  /** Wall-clock time since the epoch. It may be set, forwards and back. */
  now(): number;
  /** Time since some instant that nobody can set; it may stand still while the machine is suspended. */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
