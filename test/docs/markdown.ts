import { globSync, readFileSync } from 'node:fs';

/** The README and all documents, by their path from the root of the repository. */
export const documents = ['README.md', ...globSync('docs/**/*.md')].sort();

export const read = (path: string) => readFileSync(path, 'utf8');

/** Text below a heading up to the next one of its level or above; the heading is given without its `#`. */
export function section(text: string, heading: string): string {
  const lines = withoutCode(text).split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`there is no heading '${heading}'`);
  const level = lines[start]!.indexOf(' ');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

/** The cells of the first table in a text, a row each, without its head. */
export function firstTable(text: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(start, length < 0 ? undefined : start + length);
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands between the first two backticks of a cell. */
export function codeIn(cell: string): string {
  return /`([^`]*)`/.exec(cell)?.[1] ?? cell;
}

/** All that stands between single backticks, in running text and in tables. */
export function codeSpans(text: string): string[] {
  return Array.from(withoutCode(text).matchAll(/`([^`\n]+)`/g), ([, code]) => code!);
}

/** The text without its fenced blocks of code, in which a `#` makes no heading. */
export function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```$/gm, '');
}

/** The anchor of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
