/** The longest beginning of a text that has at most `bytes` bytes in UTF-8; no character is divided. */
export function beginningOf(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
