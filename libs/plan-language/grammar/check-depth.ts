import { Refusal } from '../invalid-plan.js';
import type { Syntax } from './syntax.js';

/** Levels that code may have once it is read, rows of operators and dots among them. */
const MAX_LEVELS = 300;

/** @throws Refusal when what is to be evaluated lies too deep within each other */
export function checkDepth(syntax: Syntax): void {
  const open: { readonly part: object; readonly level: number; readonly at: number }[] = [
    { part: syntax, level: 1, at: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part } = next;
    const at = 'at' in part && typeof part.at === 'number' ? part.at : next.at;
    if (next.level > MAX_LEVELS) throw new Refusal(`nested too deeply, expected at most ${MAX_LEVELS} levels`, at);
    const level = 'is' in part ? next.level + 1 : next.level;
    for (const inner of Object.values(part) as unknown[]) {
      if (typeof inner === 'object' && inner !== null) open.push({ part: inner, level, at });
    }
  }
}
