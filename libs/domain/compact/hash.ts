const { imul } = Math;

/** FNV-1a. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** A hash of a whole number, a 32-bit integer: ids that follow each other are spread evenly. @see Knuth, TAOCP 6.4 */
export function hashOfNumber(value: number): number {
  return imul(value ^ (value / 2 ** 32), 0x9e3779b1);
}

/** A hash of a text, a 32-bit integer. */
export function hashOfText(text: string): number {
  let hash = SEED ^ text.length;
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), PRIME);
  return hash;
}
