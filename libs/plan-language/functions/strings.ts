import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { print } from '../values/print.js';
import { capturesOf, compileRegex, matcherOf } from '../values/regex.js';
import { is, isList } from '../values/value.js';
import type { Regex, Value } from '../values/value.js';
import { growing } from '../values/weight.js';
import { list, text } from './arguments.js';
import { pure } from './function.js';
import type { Functions } from './function.js';
import { formatted } from './sprintf.js';

/** A function of a text, or of each text in an array. */
const ofTexts = (make: (text: string) => string) => {
  const each = (value: Value | undefined): Value =>
    value !== undefined && isList(value) ? value.map(each) : make(text(value));
  return pure(1, 1, ([value]) => each(value));
};

/** Functions of texts. */
export const STRINGS: Functions = {
  upcase: ofTexts((each) => each.toUpperCase()),
  downcase: ofTexts((each) => each.toLowerCase()),
  capitalize: ofTexts((each) => each.charAt(0).toUpperCase() + each.slice(1).toLowerCase()),
  camelcase: ofTexts((each) =>
    each
      .split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join(''),
  ),
  strip: ofTexts((each) => each.slice(skipped(each), kept(each))),
  lstrip: ofTexts((each) => each.slice(skipped(each))),
  rstrip: ofTexts((each) => each.slice(0, kept(each))),
  chomp: ofTexts((each) => each.replace(/\r?\n$/, '')),
  chop: ofTexts((each) => each.replace(/(?:\r\n|[^])$/, '')),
  split: pure(2, 2, ([value, by]) => split(text(value), pattern(by))),
  join: pure(1, 2, ([values, by = '']) => joined(list(values), text(by))),
  match: pure(2, 2, ([value, by]) => found(value, pattern(by))),
  regsubst: pure(3, 4, ([value, by, replacement, flags = null]) => {
    const regex = flagged(pattern(by), flags);
    const isGlobal = typeof flags === 'string' && flags.includes('G');
    const each = (one: Value | undefined): Value =>
      one !== undefined && isList(one) ? one.map(each) : replaced(text(one), regex, text(replacement), isGlobal);
    return each(value);
  }),
  sprintf: pure(1, Infinity, ([format, ...values]) => formatted(text(format), values)),
  versioncmp: pure(2, 2, ([a, b]) => compareVersions(text(a), text(b))),
};

const BLANK = /[\s\0]/;

/** How many blanks a text begins with. */
function skipped(each: string): number {
  let at = 0;
  while (at < each.length && BLANK.test(each.charAt(at))) at += 1;
  return at;
}

/** The length of a text without the blanks at its end. */
function kept(each: string): number {
  let at = each.length;
  while (at > 0 && BLANK.test(each.charAt(at - 1))) at -= 1;
  return at;
}

/** A pattern, given as such or as a text. @throws Mistake */
function pattern(value: Value | undefined): Regex {
  if (value !== undefined && is('Regex', value)) return value;
  if (typeof value === 'string') return compileRegex(value);
  throw new Mistake(`the pattern is ${describe(value ?? null)}, expected a pattern or a string`);
}

function flagged(regex: Regex, flags: Value): Regex {
  if (flags === null) return regex;
  if (typeof flags !== 'string' || !/^[GIM]*$/.test(flags)) {
    throw new Mistake(`the flags are ${describe(flags)}, expected letters of G, I and M`);
  }
  const set = (flags.includes('I') ? 'i' : '') + (flags.includes('M') ? 's' : '');
  return set === '' ? regex : compileRegex(`(?${set})${regex.source}`);
}

/** As Ruby splits: empty parts at the end are left out. */
function split(value: string, regex: Regex): Value {
  const matcher = matcherOf(regex, value);
  const { values, add } = growing();
  let from = 0;
  while (matcher.find()) {
    if (matcher.end() === matcher.start()) {
      if (matcher.start() === 0 || matcher.start() >= value.length) continue;
    }
    add(value.slice(from, matcher.start()));
    from = matcher.end();
  }
  add(value.slice(from));
  const last = values.findLastIndex((each) => each !== '');
  return values.slice(0, last + 1);
}

function joined(values: readonly Value[], by: string): string {
  const { values: texts, add } = growing<string>();
  const open = [...values].reverse();
  while (open.length > 0) {
    const next = open.pop()!;
    if (isList(next)) for (let i = next.length - 1; i >= 0; i -= 1) open.push(next[i] ?? null);
    else add(print(next));
  }
  return texts.join(by);
}

function found(value: Value | undefined, regex: Regex): Value {
  if (value !== undefined && isList(value)) return value.map((each) => found(each, regex));
  return capturesOf(regex, text(value));
}

/** In the replacement, `\1` stands for what the first group has found, `\0` for all, `\\` for a backslash. */
function replaced(value: string, regex: Regex, replacement: string, isGlobal: boolean): string {
  const matcher = matcherOf(regex, value);
  const { values, add } = growing<string>();
  let from = 0;
  while (matcher.find()) {
    add(value.slice(from, matcher.start()));
    add(
      replacement.replace(/\\([0-9\\])/g, (_, what: string) => {
        if (what === '\\') return '\\';
        return Number(what) <= matcher.groupCount() ? (matcher.group(Number(what)) ?? '') : '';
      }),
    );
    from = matcher.end();
    if (!isGlobal) break;
  }
  add(value.slice(from));
  return values.join('');
}

/** As packages compare: by numbers and letters in turn. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.match(/\d+|[a-z]+|[.-]/gi) ?? [];
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  for (const mark of [undefined, '-', '.']) {
    if (a === mark) return -1;
    if (b === mark) return 1;
  }
  const isNumeric = /^\d+$/.test(a!) && /^\d+$/.test(b!);
  if (isNumeric && Number(a) !== Number(b)) return Number(a) < Number(b) ? -1 : 1;
  return a!.toLowerCase() < b!.toLowerCase() ? -1 : a!.toLowerCase() > b!.toLowerCase() ? 1 : 0;
}
