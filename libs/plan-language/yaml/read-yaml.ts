import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { ParsedNode, Scalar } from 'yaml';

import { notSupported, Refusal } from '../invalid-plan.js';
import { checkTokens } from './check-tokens.js';
import type { YamlEntry, YamlNode, YamlScalar } from './node.js';
import { sourceTextOf } from './source-text.js';

/**
 * Reads a plan's YAML (1.2, one document, without anchors and tags), and how each scalar is written.
 * @throws Refusal
 */
export function readYaml(text: string): YamlNode {
  checkTokens(text);
  // Keys are compared here, as the parser would compare each with each.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, merge: false, logLevel: 'silent' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) throw new Refusal(`YAML cannot be read: ${problem.message}`, problem.pos[0]);
  if (document.contents === null) throw new Refusal('the plan is empty, expected a hash', 0);
  return nodeOf(document.contents, text);
}

function nodeOf(node: ParsedNode, file: string): YamlNode {
  const at = node.range[0];
  if (isMap(node)) return { is: 'map', at, entries: entriesOf(node.items, file) };
  if (isSeq(node)) return { is: 'list', at, items: node.items.map((item) => nodeOf(item, file)) };
  if (isScalar(node)) return scalarOf(node, file);
  throw notSupported('an alias', at);
}

type Items = readonly { readonly key: ParsedNode; readonly value: ParsedNode | null }[];

function entriesOf(items: Items, file: string): readonly YamlEntry[] {
  const known = new Set<string>();
  return items.map(({ key, value }) => {
    const keyAt = key.range[0];
    if (isAlias(key) || !isScalar(key) || key.value === null) {
      throw new Refusal(`a key is ${isScalar(key) ? 'null' : 'no text'}, expected a text`, keyAt);
    }
    const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
    if (name === '<<' && key.type === 'PLAIN') throw notSupported("the merge key '<<'", keyAt);
    if (known.has(name)) throw new Refusal(`key '${name}' is there twice, expected each key once`, keyAt);
    known.add(name);
    return { key: name, keyAt, value: value === null ? nothing(keyAt) : nodeOf(value, file) };
  });
}

const nothing = (at: number): YamlScalar => ({
  is: 'scalar',
  at,
  style: 'plain',
  value: null,
  text: { text: '', toFile: () => at },
});

const STYLES = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const;

function scalarOf(scalar: Scalar.Parsed, file: string): YamlScalar {
  const at = scalar.range[0];
  const style = STYLES[scalar.type as keyof typeof STYLES] ?? 'plain';
  return { is: 'scalar', at, style, value: plainValue(scalar.value, at), text: sourceTextOf(scalar, style, file) };
}

function plainValue(value: unknown, at: number): YamlScalar['value'] {
  if (typeof value === 'number') {
    if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) return value;
    throw new Refusal(`the number is ${value}, expected a finite one that can be counted exactly`, at);
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new Refusal('the value is none of JSON, expected a text, a number, a boolean or null', at);
}
