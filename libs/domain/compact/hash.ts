import type { Json } from '../json.js';

const { imul } = Math;

/** FNV-1a. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Characters of a text that its hash tells apart; longer ones differ before that, as a rule, or in their length. */
const LOOKED_AT = 256;

/** A hash of a whole number, a 32-bit integer: ids that follow each other are spread evenly. @see Knuth, TAOCP 6.4 */
export function hashOfNumber(value: number): number {
  return imul(value ^ (value / 2 ** 32), 0x9e3779b1);
}

/** A hash of a text, a 32-bit integer. */
export function hashOfText(text: string): number {
  const end = text.length < LOOKED_AT ? text.length : LOOKED_AT;
  let hash = SEED ^ text.length;
  for (let i = 0; i < end; i++) hash = imul(hash ^ text.charCodeAt(i), PRIME);
  return hash;
}

/** A hash of a JSON value, a 32-bit integer; names of properties do not count. */
export function hashOfJson(value: Json): number {
  if (typeof value === 'string') return hashOfText(value);
  if (typeof value === 'number') return hashOfNumber(value);
  let hash = SEED;
  if (Array.isArray(value)) {
    for (const each of value as readonly Json[]) hash = imul(hash ^ hashOfJson(each), PRIME);
  } else if (typeof value === 'object' && value !== null) {
    const members = value as { readonly [name: string]: Json };
    for (const name in members) hash = imul(hash ^ hashOfJson(members[name]!), PRIME);
  } else {
    hash ^= value === null ? 1 : value ? 2 : 3;
  }
  return hash;
}
