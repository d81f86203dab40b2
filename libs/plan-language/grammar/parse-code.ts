import peggy from 'peggy';

import { lazy } from '#platform';

import { Refusal } from '../invalid-plan.js';
import { checkDepth } from './check-depth.js';
import { climb } from './climb.js';
import { GRAMMAR } from './grammar.js';
import type { Syntax } from './syntax.js';

/** Levels that code may have; far from the end of the stack, and more than anybody writes. */
const MAX_DEPTH = 100;

const parser = lazy(() => peggy.generate(GRAMMAR, { allowedStartRules: ['code', 'text'] }));

/** Reads code: statements, the last of which gives the value. @throws Refusal with an offset in the text */
export const parseCode = (text: string): Syntax => parse(text, 'code');

/** Reads a text with `${…}` and `$name` in it. @throws Refusal with an offset in the text */
export const parseText = (text: string): Syntax => parse(text, 'text');

function parse(text: string, startRule: 'code' | 'text'): Syntax {
  try {
    const syntax = parser().parse(text, { startRule, climb, maxDepth: MAX_DEPTH }) as Syntax;
    checkDepth(syntax);
    return syntax;
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    const kind = error.message.endsWith('is not supported') ? 'bolt/not-supported' : 'bolt/invalid-plan';
    // What is missing at the end is missed after the last thing that is there.
    throw new Refusal(reason(error), Math.min(error.location.start.offset, text.trimEnd().length), kind);
  }
}

type SyntaxError = peggy.parser.SyntaxError;

const isSyntaxError = (error: unknown): error is SyntaxError => error instanceof parser().SyntaxError;

function reason(error: SyntaxError): string {
  if (error.expected === null || error.expected === undefined) return error.message;
  const found = typeof error.found === 'string' ? JSON.stringify(error.found) : 'the end';
  const names = new Set(error.expected.flatMap(namesOf));
  const isStart = names.has('a number') && names.has('a pattern');
  const told = [...names].filter(
    (name) => !UNTOLD.has(name) && !(isStart && (BEGINNINGS.has(name) || WORD.test(name))),
  );
  const expected = isStart ? ['an expression', ...told] : told.length > 0 ? told : [...names];
  return `found ${found}, expected ${[...new Set(expected)].sort().join(' or ')}`;
}

/** What may follow almost anything, or stand anywhere in a text. */
const UNTOLD = new Set(
  ['whitespace', 'unsupported', 'a character', 'an escape'].concat(['.', ';', '?', '[', '=>', '$', '\\'].map(quote)),
);
/** What an expression can begin with. */
const BEGINNINGS = new Set(
  ['a number', 'a pattern', 'a type', 'a name', 'a string'].concat(['!', '-', '*', '{', '(', '/', '"', '0'].map(quote)),
);
const WORD = /^"[a-z]+"$/;

function quote(text: string): string {
  return JSON.stringify(text);
}

function namesOf(expectation: NonNullable<SyntaxError['expected']>[number]): string[] {
  switch (expectation.type) {
    case 'literal':
      return [quote(expectation.text)];
    case 'other':
      return [expectation.description];
    case 'end':
      return ['the end'];
    case 'class':
    case 'any':
      return [];
  }
}
