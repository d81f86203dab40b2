/** The fields of each line of a text in CSV (RFC 4180). @throws Error where it is none */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let line: string[] = []; field.lastIndex < text.length;) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`no field of CSV at ${at}: ${text.slice(at, at + 40)}`);
    const [, quoted, plain, end] = match;
    line.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
