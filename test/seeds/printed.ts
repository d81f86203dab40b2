import type { Json } from '#domain';
import type { List } from './answers.js';

/** Where the pages say that the orchestrator API is. */
export const HOST = 'https://orchestrator.example.com:8143';

const SOME_UUID = '00000000-0000-4000-8000-000000000000';

/** What stands in the printed answers that is no JSON, and what is meant. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  // Items that are left out.
  [/,?\s*\{\s*\.\.\.\s*\}/g, ''],
  [/^\s*\.\.\.\s*$/gm, ''],
  [/: :uuid/g, `: "${SOME_UUID}"`],
  [/"total: /g, '"total": '],
  // Between values a comma is missing, behind the last one is one too many.
  [/(["\d}\]el])\n(\s*")/g, '$1,\n$2'],
  [/,(\s*[}\]])/g, '$1'],
  [/:8143:8143/g, ':8143'],
];

/** A printed answer as data. */
export const read = (printed: string) =>
  JSON.parse(MISTAKES.reduce((text, [mistake, meant]) => text.replace(mistake, meant), printed)) as unknown;

export const listIn = <T>(printed: string) => read(printed) as List<T>;

/** The path and the query of a printed request. */
export const pathOf = (request: string) => request.slice(HOST.length);

const TEXTS: readonly RegExp[] = [
  /^\d+$/,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/,
  /^https:\/\/orchestrator\.example\.com:8143\/orchestrator\/v1\/[\w/]+$/,
];

function textLike(text: string): unknown {
  const form = TEXTS.find((pattern) => pattern.test(text));
  return form ? expect.stringMatching(form) : expect.any(String);
}

function valueLike(printed: Json): unknown {
  if (printed === null) return null;
  if (typeof printed === 'string') return textLike(printed);
  if (typeof printed === 'number') return expect.any(Number);
  if (typeof printed === 'boolean') return expect.any(Boolean);
  if (!Array.isArray(printed)) return like(printed);
  const [first] = printed as readonly Json[];
  return first === undefined ? expect.any(Array) : expect.arrayOf(valueLike(first));
}

/**
 * Matches what has all keys of a printed object, with values of the same kind: numbers, texts, times, URLs, UUIDs. What
 * is printed as null is null.
 * @param exactly keys whose values are the printed ones
 * @param instead what is expected at other keys
 * @throws Error when a key is not printed
 */
export function like(
  printed: object,
  exactly: readonly string[] = [],
  instead: Readonly<Record<string, unknown>> = {},
): unknown {
  const strange = exactly.filter((key) => !(key in printed));
  if (strange.length > 0) throw new Error(`not printed: ${strange.join(', ')}`);
  const entries = Object.entries(printed) as [string, Json][];
  const expected = entries.map(([key, value]) => [key, exactly.includes(key) ? value : valueLike(value)]);
  return expect.objectContaining({ ...Object.fromEntries(expected), ...instead });
}
