import { Lexer } from 'yaml';

import { notSupported, Refusal } from '../invalid-plan.js';

/** Levels that a plan may have, far from the end of the stack. */
const MAX_DEPTH = 50;

/** Tokens that a plan may have; each may cost the reader an error. */
const MOST_TOKENS = 100_000;

/**
 * Refuses what a plan may not have in its YAML before it is read any further: anchors, aliases, tags, directives, more
 * than one document, and so many levels that a reader that calls itself would come to the end of the stack.
 * @throws Refusal
 */
export function checkTokens(text: string): void {
  checkIndentation(text);
  let at = 0;
  let depth = 0;
  let isAfterComma = false;
  let hasContent = false;
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    if (CONTROLS.has(token)) continue;
    tokens += 1;
    if (tokens > MOST_TOKENS)
      throw new Refusal(`the plan has more than ${MOST_TOKENS} parts of YAML, expected fewer`, at);
    checkToken(token, at, hasContent);
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) throw tooDeep(at);
    if (token === ',' && isAfterComma) throw new Refusal("found ',', expected a value", at);
    if (token.trim() !== '') {
      isAfterComma = token === ',';
      hasContent ||= !token.startsWith('#');
    }
    at += token.length;
  }
}

/** Marks of the lexer that stand for no text: the begin of a document and of a scalar, and the end of a flow. */
const CONTROLS = new Set(['\x02', '\x18', '\x1f']);

function checkToken(token: string, at: number, hasContent: boolean): void {
  if (/^&/.test(token)) throw notSupported(`the anchor '${token}'`, at);
  if (/^\*/.test(token)) throw notSupported(`the alias '${token}'`, at);
  if (/^!/.test(token)) throw notSupported(`the tag '${token}'`, at);
  if (/^%/.test(token)) throw notSupported(`the directive '${token}'`, at);
  if (token === '---' && hasContent) throw new Refusal('a second document begins, expected one', at);
}

/**
 * Every level of a block stands further to the right than the one around it, but for a list in a hash. So the columns
 * that are open at a line tell how deep it may be.
 */
function checkIndentation(text: string): void {
  const open: number[] = [];
  for (let start = 0; start < text.length; start = endOf(text, start) + 1) {
    const end = endOf(text, start);
    let at = skipSpaces(text, start, end);
    if (at === end) continue;
    for (;;) {
      const column = at - start;
      while (open.length > 0 && open.at(-1)! > column) open.pop();
      if (open.at(-1) !== column) open.push(column);
      if (open.length > MAX_DEPTH) throw tooDeep(at);
      const isIndicator = '-?:'.includes(text.charAt(at)) && ' \t'.includes(text.charAt(at + 1)) && at + 1 < end;
      if (!isIndicator) break;
      at = skipSpaces(text, at + 1, end);
      if (at === end) break;
    }
  }
}

function endOf(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}

const tooDeep = (at: number) => new Refusal(`nested too deeply, expected at most ${MAX_DEPTH} levels`, at);
