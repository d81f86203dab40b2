import { MAX_TEXT_LENGTH } from './limits.js';

const NANOSECONDS_PER_MS = 1_000_000n;

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  // The micro sign, and the Greek letter that looks like it.
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: NANOSECONDS_PER_MS,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const NUMBER = String.raw`(\d+(?:\.\d*)?|\.\d+)`;
const UNIT = `(${Object.keys(NANOSECONDS).join('|')})`;
const GO_PART = new RegExp(NUMBER + UNIT, 'g');
const GO = new RegExp(`^([+-]?)((?:${NUMBER}${UNIT})+|0)$`);
const PROTO = /^([+-]?)((?:0|[1-9]\d{0,11})(?:\.\d{0,9})?|\.\d{1,9})s$/;
const ISO =
  /^(?:R(-?\d+)\/)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Go counts nanoseconds in 64 bits with a sign. */
const MAX_GO = (1n << 63n) - 1n;

/** Some 10,000 years, the limit that Protocol Buffers set. */
const MAX_PROTO = 315_576_000_000n * NANOSECONDS.s!;

/** A duration of which years, months and days have no fixed length. */
export interface IsoDuration {
  readonly years: number;
  readonly months: number;
  /** Those of its weeks too. */
  readonly days: number;
  readonly timeMs: number;
  /** How often it is to be repeated, as it was written; null: it says nothing. */
  readonly repeats: number | null;
}

/**
 * Milliseconds, with a fraction or a sign, of a duration as Go writes it, such as `1h30m` or `-1.5s`; null: it is none.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): number | null {
  const [, sign, parts] = (text.length <= MAX_TEXT_LENGTH && GO.exec(text)) || [];
  if (parts === undefined) return null;
  let sum = 0n;
  for (const [, amount, unit] of parts.matchAll(GO_PART)) sum += nanoseconds(amount!, NANOSECONDS[unit!]!);
  if (sign === '-') return sum > MAX_GO + 1n ? null : inMs(-sum);
  return sum > MAX_GO ? null : inMs(sum);
}

/**
 * Milliseconds, with a fraction or a sign, of a duration in the JSON of Protocol Buffers, such as `1.5s`; null: it is
 * none.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function parseProtoDuration(text: string): number | null {
  const [, sign, amount] = PROTO.exec(text) ?? [];
  if (amount === undefined) return null;
  const sum = nanoseconds(amount, NANOSECONDS.s!);
  if (sum > MAX_PROTO) return null;
  return inMs(sign === '-' ? -sum : sum);
}

/**
 * A duration of ISO 8601 in whole numbers, such as `P1Y2M3W4DT5H6M7S`, with or without `R<n>/` in front; null: it is
 * none.
 */
export function parseIsoDuration(text: string): IsoDuration | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(2).map((digits) => Number(digits ?? 0));
  return {
    years: years!,
    months: months!,
    days: weeks! * 7 + days!,
    timeMs: ((hours! * 60 + minutes!) * 60 + seconds!) * 1000,
    repeats: match[1] === undefined ? null : Number(match[1]),
  };
}

/** Computed in whole numbers, since 1.1 times 1000 is not 1100 otherwise. What is less than a nanosecond is lost. */
function nanoseconds(amount: string, unit: bigint): bigint {
  const [whole, fraction] = amount.split('.');
  const ofWhole = BigInt(whole || '0') * unit;
  return fraction ? ofWhole + (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length) : ofWhole;
}

const inMs = (sum: bigint): number =>
  Number(sum / NANOSECONDS_PER_MS) + Number(sum % NANOSECONDS_PER_MS) / Number(NANOSECONDS_PER_MS);
