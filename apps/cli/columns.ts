import { printable } from './printable.js';

type Value = string | number | null | undefined;

/** Characters of a line; null: no terminal shows it. */
const terminalWidth = (): number | null => (process.stdout.isTTY && process.stdout.columns) || null;

/**
 * Lines with rows as columns under their names, each as wide as its widest value.
 * @param width characters after which a line is cut; default: the terminal's, and as long as it is where there is none
 */
export function columns(
  names: readonly string[],
  rows: readonly (readonly Value[])[],
  width: number | null = terminalWidth(),
): string[] {
  const lines = [names, ...rows.map((row) => row.map(textOf))];
  const widths = names.map((_, column) => lines.reduce((widest, line) => Math.max(widest, line[column]!.length), 0));
  return lines.map((line) =>
    cut(
      line
        .map((value, column) => value.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
      width,
    ),
  );
}

/** A line that is no longer than the width; null: as it is. */
export function cut(line: string, width: number | null = terminalWidth()): string {
  return width === null || line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

const textOf = (value: Value) => printable(String(value ?? '-')).replace(/\s+/g, ' ');
