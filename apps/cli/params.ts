import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '#domain';
import { WrongUse } from './wrong-use.js';

/**
 * Parameters as they are typed: `name=value`, where a value that is JSON is that, and any other is the text itself. What
 * JSON would write in another way, like `1.10` or a number of twenty digits, is no number but text.
 * @param given what is there already, and what words of the same name go before
 * @throws WrongUse when a word has no name or no `=`, or a name comes twice
 */
export function paramsOf(words: readonly string[], given: JsonObject = {}): JsonObject {
  const read = words.map((word) => {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(word) ?? [];
    if (name === undefined) throw new WrongUse(`parameter is '${word}', expected name=value`);
    return [name, valueOf(value!)] as const;
  });
  const names = read.map(([name]) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new WrongUse(`parameter '${twice}' comes twice, expected each once`);
  return Object.fromEntries([...Object.entries(given), ...read]);
}

function valueOf(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}

/**
 * Reads an option that is JSON itself, where it begins like an object or an array, or the path of a file with it. What
 * it holds is in no message: it may be secret.
 * @throws WrongUse when there is no such file, or no JSON
 */
export function jsonOrFile(option: string, text: string): Json {
  const isPath = !/^\s*[[{]/.test(text);
  const json = isPath ? contentOf(option, text) : text;
  try {
    return JSON.parse(json) as Json;
  } catch {
    throw new WrongUse(`${option} ${isPath ? `is '${text}', which has` : 'is'} no valid JSON, expected ${EXPECTED}`);
  }
}

const EXPECTED = 'JSON or the path of a file with JSON';

function contentOf(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new WrongUse(`${option} is '${path}', expected ${EXPECTED}: ${(error as Error).message}`);
  }
}

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
