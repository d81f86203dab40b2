import type { Json } from '#domain';

import type { OrderOperator } from './query.js';

/** A text that two values share exactly when they are equal, whatever the order of their keys. */
export function identity(value: Json): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Whether the operator holds between two numbers or two texts; between anything else none does. */
export function inOrder(operator: OrderOperator, a: Json, b: string | number): boolean {
  if (typeof a !== typeof b) return false;
  return ORDERS[operator](a as string | number, b);
}

const ORDERS: Readonly<Record<OrderOperator, (a: string | number, b: string | number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** The order of results as PostgreSQL has it for JSON, with null last. */
export function compareValues(a: Json, b: Json): number {
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  const [left, right] = typeof a === 'object' ? [identity(a), identity(b)] : [a, b as typeof a];
  return left < right ? -1 : left > right ? 1 : 0;
}

function rank(value: Json): number {
  if (value === null) return RANKS.length;
  return RANKS.indexOf(Array.isArray(value) ? 'array' : typeof value);
}

const RANKS = ['string', 'number', 'boolean', 'array', 'object'];
