import { toJson } from './json.js';
import type { Value } from './value.js';
import { tooHeavy } from './weight.js';

/**
 * A value as JSON text, each level with so many spaces more before its lines; 0: on one line.
 * @throws Mistake when it is too long
 */
export function jsonText(value: Value, spaces: 0 | 2): string {
  try {
    return JSON.stringify(toJson(value), null, spaces);
  } catch (error) {
    throw error instanceof RangeError ? tooHeavy() : error;
  }
}
