import { InvalidTiming } from './invalid-timing.js';
import { RecentCache } from './recent-cache.js';

const DAY_MS = 86_400_000;

/** Longer than any change of a clock, and shorter than the time between two: the shortest on record is four days. */
export const CHANGE_MS = 2 * DAY_MS;

/** How much is surveyed at once: enough to be rare, and short enough to hold up nobody. */
const BLOCK_MS = 64 * DAY_MS;

/** A time in which the clock of a zone is not changed. */
export interface Span {
  readonly fromMs: number;
  /** The first instant after it. */
  readonly untilMs: number;
  /** What the clock shows, less UTC. */
  readonly offsetMs: number;
  /** As `offsetMs`, of the time before. */
  readonly offsetBeforeMs: number;
}

/**
 * What Intl takes beside the names of the IANA database: offsets, zones from the time before it, and abbreviations that
 * mean one thing here and another there.
 */
const NOT_IANA =
  /^(?:[+-].*|SystemV\/.*|A[CEGRS]T|BET|BST|CAT|C[NS]T|CTT|EAT|ECT|I[ES]T|JST|MIT|N[ES]T|P[LNRS]T|[SV]ST)$/i;

const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** The clock of an IANA time zone, as the data of the running Node has it. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #blocks = new RecentCache<number, readonly Span[]>(64);

  /** @throws RangeError when Intl does not know it */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, year: 'numeric', timeZoneName: 'longOffset' });
  }

  /**
   * The time around an instant in which the clock is not changed. Where it is long, it may be a part of that, which
   * begins at least `CHANGE_MS` before the instant and ends at least that after it where it is cut.
   */
  spanAt(ms: number): Span {
    const number = Math.floor(ms / BLOCK_MS);
    let block = this.#blocks.get(number);
    if (!block) {
      block = this.#survey(number * BLOCK_MS - CHANGE_MS, (number + 1) * BLOCK_MS + CHANGE_MS);
      this.#blocks.set(number, block);
    }
    return block.find((span) => ms < span.untilMs)!;
  }

  #survey(fromMs: number, untilMs: number): readonly Span[] {
    const spans: Span[] = [];
    let offsetMs = this.#offsetAt(fromMs);
    let span = { fromMs, untilMs, offsetMs, offsetBeforeMs: this.#offsetAt(fromMs - 1000) };
    for (let ms = fromMs + DAY_MS; ms <= untilMs; ms += DAY_MS) {
      const nextMs = this.#offsetAt(ms);
      if (nextMs === offsetMs) continue;
      const changeMs = this.#changeBetween(ms - DAY_MS, ms, offsetMs);
      spans.push({ ...span, untilMs: changeMs });
      span = { fromMs: changeMs, untilMs, offsetMs: nextMs, offsetBeforeMs: offsetMs };
      offsetMs = nextMs;
    }
    return [...spans, span];
  }

  #changeBetween(beforeMs: number, afterMs: number, offsetMs: number): number {
    while (afterMs - beforeMs > 1000) {
      const middleMs = beforeMs + Math.floor((afterMs - beforeMs) / 2000) * 1000;
      if (this.#offsetAt(middleMs) === offsetMs) beforeMs = middleMs;
      else afterMs = middleMs;
    }
    return afterMs;
  }

  #offsetAt(ms: number): number {
    const [, sign, hours, minutes, seconds] = OFFSET.exec(this.#format.format(ms))!;
    if (sign === undefined) return 0;
    const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000;
    return sign === '-' ? -offset : offset;
  }
}

const zones = new RecentCache<string, TimeZone>(1000);

/**
 * The clock of a zone.
 * @throws InvalidTiming when there is no such zone
 */
export function timeZone(name: string): TimeZone {
  const zone = find(name);
  if (zone) return zone;
  throw new InvalidTiming(`time zone is '${name}', expected a name of the IANA database, as Europe/Berlin`);
}

/** Whether this is the name of a time zone of the IANA database, in whatever case. */
export const isTimeZone = (name: string): boolean => find(name) !== null;

function find(name: string): TimeZone | null {
  // Intl does not heed the case, and each format that is kept is large.
  const key = name.toLowerCase();
  const known = zones.get(key);
  if (known || NOT_IANA.test(name)) return known ?? null;
  try {
    const zone = new TimeZone(name);
    zones.set(key, zone);
    return zone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
