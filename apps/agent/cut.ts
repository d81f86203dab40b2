import type { Json, JsonObject } from '#domain';

/** Bytes of a value's JSON text in UTF-8. */
export function encodedSize(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * A result in at most `limit` bytes of JSON that keeps what tells most: the error, then, where the output is what is
 * large, all the rest beside its beginning; else the beginning of the result's JSON text as `_output`.
 */
export function cutResult(result: JsonObject, limit: number): JsonObject {
  if (encodedSize(result) <= limit) return result;
  const { _output: output, ...rest } = result;
  if (typeof output === 'string' && encodedSize(rest) <= limit / 2) return withOutput(rest, output, limit);
  const error = Object.hasOwn(result, '_error') ? { _error: shortError(result['_error']!, limit / 4) } : {};
  return withOutput(error, JSON.stringify(result), limit);
}

/** The longest beginning of a text whose JSON string has at most `limit` bytes, quotes included. */
export function cutText(text: string, limit: number): string {
  let size = 2;
  let end = 0;
  for (const character of text) {
    size += sizeInJson(character);
    if (size > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function withOutput(rest: JsonObject, output: string, limit: number): JsonObject {
  const room = limit - encodedSize({ ...rest, _output: '' }) + 2;
  return { ...rest, _output: cutText(output, room) };
}

function shortError(error: Json, limit: number): Json {
  if (encodedSize(error) <= limit) return error;
  const { kind, msg } = error as { readonly kind?: Json; readonly msg?: Json };
  const short = (value: Json | undefined) => cutText(typeof value === 'string' ? value : '', limit / 3);
  return { kind: short(kind), msg: short(msg), details: {} };
}

function sizeInJson(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return '\b\f\n\r\t'.includes(character) ? 2 : 6;
  if (code < 0x80) return character === '"' || character === '\\' ? 2 : 1;
  if (code < 0x800) return 2;
  if (code >= 0xd800 && code <= 0xdfff) return 6;
  return code < 0x10000 ? 3 : 4;
}
