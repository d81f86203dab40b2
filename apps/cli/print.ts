export const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Prints rows as columns under their names, each as wide as its widest value. */
export function printRows(names: readonly string[], rows: readonly (readonly (string | number | null)[])[]): void {
  const lines = [names, ...rows.map((row) => row.map((value) => String(value ?? '-')))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines)
    say(
      line
        .map((value, column) => value.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}
