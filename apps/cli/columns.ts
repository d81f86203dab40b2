type Value = string | number | null;

/** Lines with rows as columns under their names, each as wide as its widest value. */
export function columns(names: readonly string[], rows: readonly (readonly Value[])[]): string[] {
  const lines = [names, ...rows.map((row) => row.map((value) => String(value ?? '-')))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) =>
    line
      .map((value, column) => value.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
