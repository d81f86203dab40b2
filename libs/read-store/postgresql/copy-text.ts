import type { Value } from '../rows/operation.js';

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** So that the database reads while the rest is being written. */
const PART_LENGTH = 64 * 1024;

/**
 * Rows in the text format of COPY, part by part.
 * @param values row after row
 * @see https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
 */
export function* copyText(values: readonly Value[], width: number): Generator<string> {
  let text = '';
  for (let index = 0; index < values.length; index++) {
    text += field(values[index]!) + ((index + 1) % width === 0 ? '\n' : '\t');
    if (text.length < PART_LENGTH) continue;
    yield text;
    text = '';
  }
  yield text;
}

function field(value: Value): string {
  if (value === null) return '\\N';
  return typeof value === 'number' ? String(value) : value.replace(SPECIAL, (character) => ESCAPED[character]!);
}
