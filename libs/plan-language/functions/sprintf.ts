import { describe } from '../values/describe.js';
import { valueAt } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { isNumber, plain, readNumber } from '../values/numbers.js';
import { print, printQuoted } from '../values/print.js';
import { is } from '../values/value.js';
import type { Value } from '../values/value.js';
import { growing } from '../values/weight.js';

// The numbers of repetitions are bounded, so that no text takes more than linear time.
const DIRECTIVE = /%(?:<(\w{1,100})>)?([-+ 0#]{0,5})(\d{0,6})(?:\.(\d{1,6}))?(?:\{(\w{1,100})\}|([a-zA-Z%]))/g;
const WIDEST = 10_000;

/**
 * Writes values into a format as Ruby's `sprintf` does: `%s %d %i %f %e %g %x %X %o %b %c %p %%`, with flags, width
 * and precision; `%<name>d` and `%{name}` take the value from a hash.
 * @throws Mistake
 */
export function formatted(format: string, values: readonly Value[]): string {
  let next = 0;
  const take = (name: string | undefined): Value => {
    if (name !== undefined) return named(values[0] ?? null, name);
    if (next >= values.length)
      throw new Mistake(`the format has ${next + 1} places or more, but ${values.length} values`);
    return values[next++] ?? null;
  };
  const whole = growing<string>();
  return format.replace(DIRECTIVE, (...found: (string | undefined)[]) => {
    const written = writeDirective(found, take);
    whole.add(written);
    return written;
  });
}

/** What stands in the place of a directive, whose parts are those that its pattern found. */
function writeDirective(found: readonly (string | undefined)[], take: (name: string | undefined) => Value): string {
  const [, key, flags = '', width = '', precision, brace, kind] = found;
  if (kind === '%') return '%';
  if (brace !== undefined) return print(take(brace));
  if (Number(width) > WIDEST || Number(precision ?? 0) > 100) {
    throw new Mistake(`the format has a width of ${width}, expected at most ${WIDEST} and a precision of at most 100`);
  }
  const written = write(take(key), kind ?? '', flags, precision === undefined ? null : Number(precision));
  if (flags.includes('-')) return written.padEnd(Number(width));
  if (!flags.includes('0') || 'sp'.includes(kind ?? '')) return written.padStart(Number(width));
  const sign = /^[+ -]?/.exec(written)?.[0] ?? '';
  return sign + written.slice(sign.length).padStart(Number(width) - sign.length, '0');
}

function named(hash: Value, name: string): Value {
  const value = is('Hash', hash) ? valueAt(hash, name) : undefined;
  if (value === undefined) throw new Mistake(`the format names '${name}', expected a hash with that key`);
  return value;
}

const BASES: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, b: 2 };

function write(value: Value, kind: string, flags: string, precision: number | null): string {
  if (kind === 's') return print(value).slice(0, precision ?? undefined);
  if (kind === 'p') return printQuoted(value);
  if (kind === 'c') return print(value).charAt(0);
  const number = typeof value === 'string' ? readNumber(value) : value;
  if (number === null || !isNumber(number))
    throw new Mistake(`%${kind} is given ${describe(value)}, expected a number`);
  const size = Math.abs(plain(number));
  const sign = plain(number) < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + writeSize(size, kind, flags, precision);
}

function writeSize(size: number, kind: string, flags: string, precision: number | null): string {
  const base = BASES[kind];
  if (base !== undefined) {
    const digits = Math.floor(size)
      .toString(base)
      .padStart(precision ?? 0, '0');
    const prefix = flags.includes('#') ? { 16: '0x', 8: '0', 2: '0b' }[base] : '';
    return kind === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
  }
  switch (kind) {
    case 'd':
    case 'i':
      return Math.floor(size)
        .toFixed(0)
        .padStart(precision ?? 0, '0');
    case 'f':
      return size.toFixed(precision ?? 6);
    case 'e':
      return size.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'g':
      return String(Number(size.toPrecision(Math.max(1, precision ?? 6))));
    default:
      throw new Mistake(`the format has %${kind}, expected one of %s %d %i %f %e %g %x %X %o %b %c %p %%`);
  }
}
