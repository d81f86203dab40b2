import type { Json, JsonObject } from '#domain';

/** Facts that are other ones a minute later. */
const CHANGING = /^(system_uptime|load_averages|uptime(_\w+)?|memoryfree(_mb)?|swapfree(_mb)?)$/;

/** What changes of memory and of mounted file systems; what is left is their size. */
const USE = new Set(['available', 'available_bytes', 'used', 'used_bytes', 'capacity']);

/** Facts without what changes by itself, so that they change only when the node does. */
export function steadyFacts(facts: JsonObject): JsonObject {
  const lasting = Object.entries(facts).filter(([name]) => !CHANGING.test(name));
  return Object.fromEntries(lasting.map(([name, value]) => [name, steady(name, value)]));
}

function steady(name: string, value: Json): Json {
  if (name === 'memory' || name === 'mountpoints') return withoutUse(value);
  // The clock rate of this moment.
  if (name === 'processors') return without(value, (key) => key === 'speed');
  return value;
}

function withoutUse(parts: Json): Json {
  if (!isObject(parts)) return parts;
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, without(part, (key) => USE.has(key))]));
}

function without(value: Json, isLeftOut: (key: string) => boolean): Json {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !isLeftOut(key))) : value;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
