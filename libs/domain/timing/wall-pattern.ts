import { CronDate, CronPattern } from 'croner';

/** 400 years, after which the calendar repeats itself, days of the week included. */
const CYCLE_MS = 146_097 * 86_400_000;

/**
 * The times of the wall clock that fit a cron pattern. Such a time is told as the milliseconds since the epoch that UTC
 * would have with the clock showing the same; all are whole seconds.
 */
export class WallPattern {
  readonly #pattern: CronPattern;
  #isEmpty = false;

  /** @param fields six, as `normaliseFields` has them */
  constructor(fields: string) {
    this.#pattern = new CronPattern(fields, undefined, { mode: '6-part' });
    // It is not read where every year fits, and its ten thousand places are forty times the size of all else.
    this.#pattern.year = [];
  }

  /** The first that is later; null: no date ever fits. */
  after(wallMs: number): number | null {
    return this.#search(wallMs, (date) => date.increment(this.#pattern, {}, false));
  }

  /** The last that is earlier; null: no date ever fits. */
  before(wallMs: number): number | null {
    return this.#search(wallMs, (date) => date.decrement(this.#pattern, {}));
  }

  /** Croner has no answer beyond the year 3000, and gives up a search after 400 years: then there is no date at all. */
  #search(wallMs: number, move: (date: CronDate) => CronDate | null): number | null {
    if (this.#isEmpty) return null;
    const cycleMs = Math.floor(wallMs / CYCLE_MS) * CYCLE_MS;
    const found = move(new CronDate(new Date(wallMs - cycleMs), 0));
    if (found !== null) return cycleMs + found.getTime();
    this.#isEmpty = true;
    return null;
  }
}
