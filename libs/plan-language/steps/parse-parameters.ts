import { accepts, parsePlanType } from '#puppet-types';
import type { PuppetType } from '#puppet-types';
import type { Json } from '#domain';

import { Refusal } from '../invalid-plan.js';
import { VARIABLE_NAME } from '../names.js';
import type { PlanParameter } from '../plan.js';
import { isSecret } from '../run/fit.js';
import { shown } from '../yaml/node.js';
import type { YamlEntry, YamlNode } from '../yaml/node.js';
import { codeKind } from './compile-yaml.js';
import { descriptionOf, plainText } from './plain-text.js';

/** Reads the parameters that a plan declares. @throws Refusal */
export function parseParameters(node: YamlNode): ReadonlyMap<string, PlanParameter> {
  if (isNothing(node)) return new Map();
  if (node.is !== 'map')
    throw new Refusal(`parameters are ${shown(node)}, expected a hash of names to definitions`, node.at);
  return new Map(node.entries.map((entry) => [nameOf(entry), parseParameter(entry)]));
}

const isNothing = (node: YamlNode) => node.is === 'scalar' && node.value === null;

function nameOf({ key, keyAt }: YamlEntry): string {
  if (VARIABLE_NAME.test(key)) return key;
  throw new Refusal(`the parameter's name is '${key}', expected small letters, digits and '_', no digit first`, keyAt);
}

const KEYS = ['type', 'default', 'description'];

function parseParameter({ key: name, value: node }: YamlEntry): PlanParameter {
  if (isNothing(node)) return { type: { kind: 'Any' }, typeText: 'Any', description: null, isSensitive: false };
  if (node.is !== 'map') throw new Refusal(`parameter '${name}' is ${shown(node)}, expected a hash`, node.at);
  const at = (key: string) => node.entries.find((entry) => entry.key === key)?.value ?? null;
  const unknown = node.entries.find(({ key }) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new Refusal(
      `key '${unknown.key}' is not known in parameter '${name}', expected ${KEYS.join(', ')}`,
      unknown.keyAt,
    );
  }
  const typeNode = at('type');
  const typeText = typeNode === null ? 'Any' : plainText(`type of parameter '${name}'`, typeNode);
  const type = typeNode === null ? ({ kind: 'Any' } as const) : typeOf(name, typeText, typeNode.at);
  const isSensitive = isSecret(type);
  const given = at('default');
  return {
    type,
    typeText,
    ...(given !== null && { default: defaultOf(name, given, type, typeText, isSensitive) }),
    description: descriptionOf(`description of parameter '${name}'`, at('description')),
    isSensitive,
  };
}

function typeOf(name: string, text: string, at: number): PuppetType {
  try {
    return parsePlanType(text);
  } catch (error) {
    throw new Refusal(`type of parameter '${name}' cannot be read: ${(error as Error).message}`, at);
  }
}

/** Defaults are values; code in them would not be evaluated, so it is refused. */
function defaultOf(name: string, node: YamlNode, type: PuppetType, typeText: string, isSensitive: boolean): Json {
  const value = plainValue(name, node);
  if (accepts(type, value)) return value;
  throw new Refusal(
    `default of parameter '${name}' is ${isSensitive ? 'of another type' : shown(node)}, expected ${typeText}`,
    node.at,
  );
}

function plainValue(name: string, node: YamlNode): Json {
  if (node.is === 'list') return node.items.map((item) => plainValue(name, item));
  if (node.is === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(name, value)]));
  if (codeKind(node) === null) return node.value;
  throw new Refusal(`default of parameter '${name}' is code, expected a plain value`, node.at);
}
