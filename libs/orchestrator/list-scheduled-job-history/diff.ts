import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '#domain';

/** What became of the value at a place. */
export interface Change {
  /** A JSON Pointer (RFC 6901). */
  readonly path: string;
  /** Absent: there was none. */
  readonly before?: Json;
  /** Absent: there is none any more. */
  readonly after?: Json;
}

/** What makes one object of the other. Arrays are values: they change as a whole. */
export function diff(before: JsonObject, after: JsonObject, at = ''): readonly Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): readonly Change[] => {
    const path = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const [was, is] = [own(before, key), own(after, key)];
    if (isDeepStrictEqual(was, is)) return [];
    if (isObject(was) && isObject(is)) return diff(was, is, path);
    return [{ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

const own = (object: JsonObject, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
