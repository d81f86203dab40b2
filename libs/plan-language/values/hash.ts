import { identity } from './identity.js';
import type { Hash, Value } from './value.js';

/** A key and its value. */
export type Entry = readonly [key: Value, value: Value];

/** A hash; of entries with the same key the last one counts. */
export const hashOf = (entries: Iterable<Entry>): Hash => {
  const map = new Map<string, Entry>();
  for (const entry of entries) map.set(identity(entry[0]), entry);
  return { is: 'Hash', entries: map };
};

/** The value of a key; undefined: the hash has no such key. */
export const valueAt = (hash: Hash, key: Value): Value | undefined => hash.entries.get(identity(key))?.[1];

/** Whether a hash has a key. */
export const hasKey = (hash: Hash, key: Value): boolean => hash.entries.has(identity(key));

/** Keys and values in order. */
export const entriesOf = (hash: Hash): Entry[] => [...hash.entries.values()];

/** Both hashes together; where they share a key the second one's value counts. */
export const merged = (first: Hash, second: Hash): Hash => ({
  is: 'Hash',
  entries: new Map([...first.entries, ...second.entries]),
});
