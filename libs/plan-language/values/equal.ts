import { entriesOf, valueAt } from './hash.js';
import { identity } from './identity.js';
import { isNumber, plain } from './numbers.js';
import { is, isList } from './value.js';
import type { Value } from './value.js';

/** Puppet's `==`: texts without regard to upper and lower case, numbers by what they count. */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return fold(a) === fold(b);
  if (isNumber(a) && isNumber(b)) return plain(a) === plain(b);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((each, i) => equal(each, b[i] ?? null));
  if (is('Hash', a) && is('Hash', b)) {
    return (
      a.entries.size === b.entries.size &&
      entriesOf(a).every(([key, each]) => {
        const other = valueAt(b, key);
        return other !== undefined && equal(each, other);
      })
    );
  }
  return identity(a) === identity(b);
}

/** A text without the difference of upper and lower case. */
export const fold = (text: string): string => text.toLowerCase();
