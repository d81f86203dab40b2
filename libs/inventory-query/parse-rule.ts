import type { Json } from '#domain';

import { isList, shown } from './json-parts.js';
import { expectDepth, InvalidRule, Refusal } from './refusal.js';
import { regexCheck } from './regex.js';
import type { RegexCheck } from './regex.js';
import { RULE_OPERATORS } from './rule.js';
import type { Rule, RulePath } from './rule.js';

/**
 * Reads the rule of a node group as the classifier writes it, such as
 * `["and", ["=", ["fact", "os", "family"], "RedHat"], ["~", "name", "web"]]`.
 * @throws InvalidRule that shows the part that is wrong and says what was expected
 */
export function parseRule(json: Json): Rule {
  try {
    return readRule(json, 1, regexCheck());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new InvalidRule(`node group rule error in ${shown(error.part)}: ${error.message}`);
  }
}

function readRule(json: Json, depth: number, regexFault: RegexCheck): Rule {
  expectDepth(depth, json);
  if (!isList(json)) throw new Refusal(`rule is ${shown(json)}, expected an array`, json);
  const [is, ...rest] = json;
  if (is === 'and' || is === 'or') {
    if (rest.length === 0) throw new Refusal('expected at least one condition', json);
    return { is, of: rest.map((each) => readRule(each, depth + 1, regexFault)) };
  }
  if (is === 'not') {
    if (rest.length !== 1) throw new Refusal('expected ["not", condition]', json);
    return { is, of: readRule(rest[0] as Json, depth + 1, regexFault) };
  }
  const operator = RULE_OPERATORS.find((each) => each === is);
  if (operator === undefined) {
    throw new Refusal(`operator is ${shown(is ?? null)}, expected and, or, not, ${RULE_OPERATORS.join(', ')}`, json);
  }
  const [path, value] = rest;
  if (rest.length !== 2 || typeof value !== 'string') {
    throw new Refusal(`expected ["${operator}", path, value], the value as a string`, json);
  }
  const fault = operator === '~' ? regexFault(value) : null;
  if (fault !== null) throw new Refusal(fault, json);
  return { is: operator, path: readPath(path as Json, json), value };
}

function readPath(json: Json, part: Json): RulePath {
  if (json === 'name') return ['name'];
  if (isRulePath(json)) return json;
  throw new Refusal(`path is ${shown(json)}, expected "name", ["fact", name, …] or ["trusted", name, …]`, part);
}

function isRulePath(json: Json): json is RulePath & Json {
  if (!isList(json)) return false;
  const [root, name, ...path] = json;
  return (
    (root === 'fact' || root === 'trusted') &&
    typeof name === 'string' &&
    path.every((step) => typeof step === 'string' || Number.isSafeInteger(step))
  );
}
