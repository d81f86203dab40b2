import type { Json } from '#domain';

/** A value as a message shows it: its JSON text, cut where it is long. */
export function shown(value: Json): string {
  const text = typeof value === 'object' && value !== null ? shallow(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** JSON text whose depth is bounded: a value may be nested deeper than the stack allows to print. */
function shallow(value: Json, depth = 0): string {
  if (!(typeof value === 'object' && value !== null)) return JSON.stringify(value);
  if (depth > 4) return '…';
  return isList(value)
    ? `[${value.map((each) => shallow(each, depth + 1)).join(',')}]`
    : `{${Object.entries(value)
        .map(([key, each]) => `${JSON.stringify(key)}:${shallow(each, depth + 1)}`)
        .join(',')}}`;
}

/** Whether a value is an array, in a way that keeps its type. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
