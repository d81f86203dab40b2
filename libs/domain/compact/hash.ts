const { imul } = Math;

/** FNV-1a. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** A hash of a text, a 32-bit integer. */
export function hashOfText(text: string): number {
  let hash = SEED ^ text.length;
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), PRIME);
  return hash;
}
