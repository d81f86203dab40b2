import type { JsonObject } from '#domain';
import type { ErrorCode } from './errors.js';

/** An answer that is not what the caller asked for: thrown anywhere at the edge, rendered by the error filter. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly reason: ErrorCode,
    message: string,
    /** What the error is about, for programs; null leaves the key out. */
    readonly details: JsonObject | null = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What was sent is not what the operation takes. The message names the subject, its value and the expectation. */
export const invalid = (message: string, details: JsonObject = {}) =>
  new ApiError('validation-error', message, details);

const SHOWN_CHARACTERS = 100;

/** A value as it stands in a message: in JSON, cut to 100 characters. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
