import type { RE2JS } from 're2js';

import { compilePattern } from '#puppet-types';

import { Mistake } from './mistake.js';
import type { Regex } from './value.js';

const LONGEST_SOURCE = 1_000;
const MOST_INSTRUCTIONS = 2_000;
/** Instructions of the pattern times characters of the text; some seconds of work. */
const MOST_WORK = 100_000_000;

/** @throws Mistake when the text is no regular expression, one too large, or not one for linear time */
export function compileRegex(source: string): Regex {
  if (source.length > LONGEST_SOURCE) {
    throw new Mistake(`the pattern has ${source.length} characters, expected at most ${LONGEST_SOURCE}`);
  }
  const compiled = compile(source);
  if (compiled.programSize() > MOST_INSTRUCTIONS) {
    throw new Mistake(`the pattern /${source}/ is too large, expected fewer repetitions`);
  }
  return { is: 'Regex', source, compiled };
}

function compile(source: string): RE2JS {
  try {
    return compilePattern(source);
  } catch (error) {
    throw new Mistake(`the pattern is /${source}/, expected one for linear time: ${(error as Error).message}`);
  }
}

/** Where a pattern was found: the whole and its groups; null: the group took no part. */
export type Captures = readonly (string | null)[];

/** @throws Mistake when the text is too long for the pattern */
export function capturesOf(regex: Regex, text: string): Captures | null {
  const matcher = matcherOf(regex, text);
  if (!matcher.find()) return null;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? null);
}

/** A search of a text for a pattern. @throws Mistake when the text is too long for the pattern */
export function matcherOf({ source, compiled }: Regex, text: string): ReturnType<RE2JS['matcher']> {
  if (compiled.programSize() * text.length > MOST_WORK) {
    throw new Mistake(`the text has ${text.length} characters, too many to be searched for /${source}/`);
  }
  return compiled.matcher(text);
}
