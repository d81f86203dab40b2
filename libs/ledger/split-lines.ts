const LINE_END = 0x0a;

/** Lines of bytes that come in pieces, without their line ends; what is left at the end is one, too. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.indexOf(LINE_END);
    if (end < 0) {
      rest.push(bytes);
      continue;
    }
    const first = rest.length === 0 ? bytes.subarray(0, end) : Buffer.concat([...rest, bytes.subarray(0, end)]);
    const { lines, left } = linesIn(bytes.subarray(end + 1));
    rest = left.length > 0 ? [left] : [];
    yield [first, ...lines];
  }
  if (rest.length > 0) yield [Buffer.concat(rest)];
}

/** The whole lines of a text, and what follows the last line end. */
export function linesIn(text: Buffer): { readonly lines: Buffer[]; readonly left: Buffer } {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END, start)) {
    lines.push(text.subarray(start, end));
    start = end + 1;
  }
  return { lines, left: text.subarray(start) };
}
