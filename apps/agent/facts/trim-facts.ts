import { FACTS_BYTES, isFlatEnough } from '#agent-protocol';
import type { JsonObject } from '#domain';

import { encodedSize } from '../cut.js';

export interface Trimmed {
  readonly facts: JsonObject;
  /** Names of what is missing, the largest first. */
  readonly leftOut: readonly string[];
}

/** Facts in at most `limit` bytes of JSON: the largest are left out first, and those that are nested too deep. */
export function trimFacts(facts: JsonObject, limit = FACTS_BYTES): Trimmed {
  const entries = Object.entries(facts);
  const deep = entries.filter(([, value]) => !isFlatEnough(value)).map(([name]) => name);
  const sizes = entries
    .filter(([name]) => !deep.includes(name))
    .map(([name, value]) => ({ name, size: encodedSize(name) + encodedSize(value) + ':,'.length }))
    .sort((a, b) => b.size - a.size);
  let left = '{}'.length - ','.length + sizes.reduce((sum, { size }) => sum + size, 0);
  const large: string[] = [];
  for (const { name, size } of sizes) {
    if (left <= limit) break;
    left -= size;
    large.push(name);
  }
  const leftOut = [...deep, ...large];
  const missing = new Set(leftOut);
  return { facts: Object.fromEntries(entries.filter(([name]) => !missing.has(name))), leftOut };
}
