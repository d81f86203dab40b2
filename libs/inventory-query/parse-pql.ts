import { isPqlSyntaxError, readPql } from './pql-grammar.js';
import type { PqlSyntaxError, Starts } from './pql-grammar.js';
import type { Query } from './query.js';
import { readWholeQuery } from './read-query.js';
import { InvalidQuery, Refusal } from './refusal.js';

/**
 * Reads a query in PQL, such as `nodes[certname] { certname ~ "^web" }`.
 * @throws InvalidQuery that begins with `PQL parse error at line L, column C:`, shows the place and says what was expected
 */
export function parsePql(text: string): Query {
  const starts: Starts = new WeakMap();
  try {
    return readWholeQuery(readPql(text, starts));
  } catch (error) {
    if (isPqlSyntaxError(error)) throw at(text, error.location.start.offset, reason(error));
    if (error instanceof Refusal) throw at(text, starts.get(error.part as object) ?? 0, error.message);
    throw error;
  }
}

/** How much of a line is shown before and after the place. */
const AROUND = 60;

function at(text: string, offset: number, reason: string): InvalidQuery {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const column = offset - lineStart + 1;
  const lineEnd = text.indexOf('\n', offset);
  const from = Math.max(lineStart, offset - AROUND);
  const excerpt = text.slice(from, Math.min(lineEnd === -1 ? text.length : lineEnd, offset + AROUND));
  return new InvalidQuery(
    `PQL parse error at line ${line}, column ${column}:\n${excerpt}\n${' '.repeat(offset - from)}^\n${reason}`,
    { line, column },
  );
}

function reason(error: PqlSyntaxError): string {
  if (error.expected === null || error.expected === undefined) return error.message;
  const names = [...new Set(error.expected.flatMap(namesOf))].filter((name) => name !== 'unsupported').sort();
  const telling = names.filter((name) => name !== 'whitespace');
  return `Expected one of:\n${(telling.length > 0 ? telling : names).join('\n')}`;
}

type Expectation = NonNullable<PqlSyntaxError['expected']>[number];

function namesOf(expectation: Expectation): string[] {
  switch (expectation.type) {
    case 'literal':
      return [JSON.stringify(expectation.text)];
    case 'other':
      return [expectation.description];
    case 'end':
      return ['end of query'];
    case 'class':
      // The generator makes a class of alternatives of one character; all others of the grammar have a description.
      return expectation.parts.map((part) => JSON.stringify(part));
    case 'any':
      return ['a character'];
  }
}
