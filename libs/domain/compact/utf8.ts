const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes a text into bytes that have room for three of its every character; gives how many it takes. */
export function writeUtf8(text: string, bytes: Uint8Array<ArrayBuffer>, start: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Slow for short texts.
    if (code > 0x7f) return encoder.encodeInto(text, bytes.subarray(start)).written;
    bytes[start + i] = code;
  }
  return text.length;
}

export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Whether bytes are those of a text. */
export function isUtf8Of(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return readUtf8(bytes, start, end) === text;
  // As many bytes as characters: what stands there is ASCII.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || bytes[start + i] !== code) return false;
  }
  return true;
}
