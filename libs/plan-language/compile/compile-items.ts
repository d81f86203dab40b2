import type { Item, Pair } from '../grammar/syntax.js';
import { hashOf } from '../values/hash.js';
import type { Code } from './code.js';
import { combine, part } from './combine.js';
import type { Part } from './combine.js';
import { compilePart, spotOf } from './context.js';
import type { Context } from './context.js';

/** Elements or arguments; pairs in a row make one hash. */
export function compileItems(items: readonly Item[], context: Context): readonly Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < items.length;) {
    const item = items[i]!;
    if (item.is !== 'pair') {
      parts.push({ code: compilePart(item, context), isSpread: item.is === 'splat' });
      i += 1;
    } else {
      const pairs: Pair[] = [];
      for (let next = items[i]; next?.is === 'pair'; next = items[++i]) pairs.push(next);
      parts.push(part(compileHash(pairs, item.at, context)));
    }
  }
  return parts;
}

/** A hash of pairs; of those with the same key the last one counts. */
export function compileHash(entries: readonly Pair[], at: number, context: Context): Code {
  const parts = entries.flatMap(({ key, value }) => [
    part(compilePart(key, context)),
    part(compilePart(value, context)),
  ]);
  return combine(spotOf(context, at), parts, (values) =>
    hashOf(entries.map((_, i) => [values[2 * i] ?? null, values[2 * i + 1] ?? null])),
  );
}
