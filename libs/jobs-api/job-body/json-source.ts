/** A value where it stands in a JSON text. */
export interface Source {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One member of an object. */
export interface Member {
  readonly key: string;
  readonly value: Source;
}

/** All that JSON has for blank is no larger, and nothing else in it is. */
const SPACE = 0x20;
const NESTING = /["{}[\]]/g;
const SCALAR_END = /[\s,\]}]|$/g;
const QUOTE_OR_BLANKS = /"|\s+/g;

function skipBlanks(text: string, at: number): number {
  while (text.charCodeAt(at) <= SPACE) at++;
  return at;
}

/** The place behind a string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

/** The place behind an array or object that begins at `start`. */
function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ;) {
    NESTING.lastIndex = at;
    const { 0: mark, index } = NESTING.exec(text)!;
    if (mark === '"') {
      at = endOfString(text, index);
      continue;
    }
    depth += mark === '{' || mark === '[' ? 1 : -1;
    at = index + 1;
    if (depth === 0) return at;
  }
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfNested(text, start);
  SCALAR_END.lastIndex = start;
  return SCALAR_END.exec(text)!.index;
}

/** The value of a whole text, which must be JSON; so must it be for all functions here. */
export function sourceOf(text: string): Source {
  const start = skipBlanks(text, 0);
  return { text, start, end: endOfValue(text, start) };
}

export const isObject = ({ text, start }: Source) => text[start] === '{';
export const isNull = ({ text, start }: Source) => text[start] === 'n';
export const textOf = ({ text, start, end }: Source) => text.slice(start, end);

/** As it was written, without what is blank between its parts: in one line. */
export function compactTextOf(source: Source): string {
  const text = textOf(source);
  let compact = '';
  let copied = 0;
  QUOTE_OR_BLANKS.lastIndex = 0;
  for (let match = QUOTE_OR_BLANKS.exec(text); match; match = QUOTE_OR_BLANKS.exec(text)) {
    if (match[0] === '"') {
      QUOTE_OR_BLANKS.lastIndex = endOfString(text, match.index);
      continue;
    }
    compact += text.slice(copied, match.index);
    copied = QUOTE_OR_BLANKS.lastIndex;
  }
  return compact + text.slice(copied);
}

const keyIn = (source: string) => (source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1));

/** Of an object, in their order and as often as they stand there. */
export function membersOf({ text, start }: Source): Member[] {
  const members: Member[] = [];
  let at = skipBlanks(text, start + 1);
  while (text[at] !== '}') {
    const keyEnd = endOfString(text, at);
    const valueStart = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const value = { text, start: valueStart, end: endOfValue(text, valueStart) };
    members.push({ key: keyIn(text.slice(at, keyEnd)), value });
    at = skipBlanks(text, value.end);
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return members;
}
