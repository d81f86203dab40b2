import type { Json, JsonObject } from '#domain';

import { entriesOf, hashOf } from './hash.js';
import { Mistake } from './mistake.js';
import { floatOf, integerOf } from './numbers.js';
import { print, printQuoted, REDACTED } from './print.js';
import { isList } from './value.js';
import type { ErrorValue, Hash, Result, Sensitive, Value } from './value.js';
import { MAX_LEVELS } from './weight.js';

/**
 * A JSON value as one of the language; a number that cannot be counted exactly is a Float.
 * @throws Mistake when it is nested too deeply
 */
export function fromJson(json: Json, levels = MAX_LEVELS): Value {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? integerOf(json) : floatOf(json);
  if (json === null || typeof json !== 'object') return json;
  if (levels === 0) throw new Mistake(`the value is nested too deeply, expected at most ${MAX_LEVELS} levels`);
  return isJsonList(json) ? json.map((each) => fromJson(each, levels - 1)) : hashFromJson(json, levels);
}

/** A JSON object as a hash. @throws Mistake when it is nested too deeply */
export function hashFromJson(json: JsonObject, levels = MAX_LEVELS): Hash {
  return hashOf(Object.entries(json).map(([key, each]) => [key, fromJson(each, levels - 1)]));
}

const isJsonList = (json: Json): json is readonly Json[] => Array.isArray(json);

/** What a plan tells of a value: sensitive ones are not shown, types and patterns are texts. */
export const toJson = (value: Value): Json => jsonOf(value, () => REDACTED);

/** A value for a task, sensitive ones in the clear. */
export const toOpenJson = (value: Value): Json => jsonOf(value, (sensitive) => toOpenJson(sensitive.value));

function jsonOf(value: Value, show: (sensitive: Sensitive) => Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((each) => jsonOf(each, show));
  switch (value.is) {
    case 'Float':
      return value.value;
    case 'Hash':
      return hashJson(value, show);
    case 'Regex':
      return value.source;
    case 'Default':
    case 'Type':
      return printQuoted(value);
    case 'Sensitive':
      return show(value);
    case 'Target':
      return value.name;
    case 'Result':
      return resultJson(value, show);
    case 'ResultSet':
      return value.results.map((each) => resultJson(each, show));
    case 'Error':
      return errorJson(value, show);
  }
}

const hashJson = (hash: Hash, show: (sensitive: Sensitive) => Json): JsonObject =>
  Object.fromEntries(entriesOf(hash).map(([key, each]) => [print(key), jsonOf(each, show)]));

const resultJson = ({ target, action, object, status, value }: Result, show: (sensitive: Sensitive) => Json): Json => ({
  target,
  action,
  object,
  status,
  value: hashJson(value, show),
});

const errorJson = (error: ErrorValue, show: (sensitive: Sensitive) => Json): Json => ({
  kind: error.kind,
  msg: error.msg,
  details: hashJson(error.details, show),
  ...(error.issueCode !== null && { issue_code: error.issueCode }),
});

/** What a plan tells of a hash; sensitive values are not shown. */
export const hashToJson = (hash: Hash): JsonObject => hashJson(hash, () => REDACTED);

/** A hash for a task, sensitive values in the clear. */
export const hashToOpenJson = (hash: Hash): JsonObject => hashJson(hash, (sensitive) => toOpenJson(sensitive.value));

/** Whether a value is sensitive or holds one that is. */
export function holdsSensitive(value: Value): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (isList(value)) return value.some(holdsSensitive);
  switch (value.is) {
    case 'Sensitive':
      return true;
    case 'Hash':
      return entriesOf(value).some(([key, each]) => holdsSensitive(key) || holdsSensitive(each));
    case 'Result':
      return holdsSensitive(value.value);
    case 'ResultSet':
      return value.results.some(holdsSensitive);
    case 'Error':
      return holdsSensitive(value.details);
    case 'Float':
    case 'Default':
    case 'Regex':
    case 'Type':
    case 'Target':
      return false;
  }
}
