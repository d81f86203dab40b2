import type { Json } from '../json.js';

/** Whether two JSON values are the same; the order of properties does not count. */
export function isSameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && areSameItems(a, b);
  return areSameMembers(a as Members, b as Members);
}

type Members = Readonly<Record<string, Json>>;

function areSameItems(a: readonly Json[], b: readonly Json[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!isSameJson(a[i]!, b[i]!)) return false;
  return true;
}

function areSameMembers(a: Members, b: Members): boolean {
  let more = 0;
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !isSameJson(a[name]!, b[name]!)) return false;
    more++;
  }
  for (const _ in b) more--;
  return more === 0;
}
