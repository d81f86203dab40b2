import type { Scalar } from 'yaml';

import { lazy } from '#platform';

import type { SourceText } from './node.js';

type Style = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/**
 * Follows each character of a scalar back to the file. Where that is not simple (in quotes over several lines), places
 * are those of the scalar's beginning.
 */
export function sourceTextOf(scalar: Scalar, style: Style, file: string): SourceText {
  const [start, end] = scalar.range ?? [0, 0];
  const text = scalar.source ?? '';
  const raw = file.slice(start, end);
  const offsets = lazy(() => {
    if (style === 'literal') return literalOffsets(raw, text);
    if (style === 'double') return doubleQuotedOffsets(raw, text);
    return style === 'plain' ? plainOffsets(raw, text) : null;
  });
  return { text, toFile: (offset) => start + (offsets()?.[offset] ?? (offset >= text.length ? lastOf(raw) : 0)) };
}

const lastOf = (raw: string) => Math.max(0, raw.trimEnd().length - 1);

/** A block keeps its lines; each lacks the same number of spaces at its beginning. */
function literalOffsets(raw: string, text: string): readonly number[] | null {
  const header = raw.indexOf('\n') + 1;
  const lines = raw.slice(header).split('\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const firstText = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const indent = first.replace(/\r$/, '').length - firstText.length;
  const offsets: number[] = [];
  let at = header;
  for (const line of text.split('\n')) {
    const source = lines.shift();
    if (source === undefined) break;
    const skipped = Math.min(indent, source.length);
    for (let i = 0; i <= line.length; i += 1) offsets.push(at + skipped + i);
    at += source.length + 1;
  }
  return indent < 0 ? null : offsets;
}

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/** Blanks around the end of a line are one space in the text, or one line end less than there are. */
function plainOffsets(raw: string, text: string): readonly number[] | null {
  const offsets: number[] = [];
  let at = 0;
  let end = 0;
  let isFold = false;
  for (let i = 0; i < text.length; i += 1) {
    if (at >= end) {
      end = blanksEnd(raw, at);
      isFold = raw.slice(at, end).includes('\n');
    }
    if (!isFold && raw[at] !== text[i]) return null;
    offsets.push(at);
    if (!isFold) at += 1;
    else if (text[i + 1] !== '\n') at = end;
  }
  return offsets;
}

function blanksEnd(raw: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(raw.charAt(at)) && at < raw.length) at += 1;
  return at;
}

/** Null where the text has lines that were folded. */
function doubleQuotedOffsets(raw: string, text: string): readonly number[] | null {
  if (raw.includes('\n')) return null;
  const offsets: number[] = [];
  for (let at = 1; at < raw.length - 1;) {
    const length = raw[at] === '\\' ? (ESCAPE_LENGTHS[raw[at + 1] ?? ''] ?? 2) : 1;
    offsets.push(at);
    if (length === 10 && Number.parseInt(raw.slice(at + 2, at + 10), 16) > 0xffff) offsets.push(at);
    at += length;
  }
  return offsets.length === text.length ? offsets : null;
}
