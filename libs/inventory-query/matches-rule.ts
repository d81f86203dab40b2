import type { Json } from '#domain';

import { below } from './columns.js';
import type { InventoryNode } from './inventory-node.js';
import { compileRegex } from './regex.js';
import type { Rule, RulePath } from './rule.js';
import { inOrder } from './values.js';

/**
 * Whether a node belongs to the group that has this rule. As the classifier does, it compares texts: a fact that is a
 * number or a boolean by how it is written, and by `<` and the like as a number where it is written as one. A fact that
 * is missing, or has parts, equals nothing.
 */
export function matchesRule(rule: Rule, node: InventoryNode): boolean {
  switch (rule.is) {
    case 'and':
      return rule.of.every((each) => matchesRule(each, node));
    case 'or':
      return rule.of.some((each) => matchesRule(each, node));
    case 'not':
      return !matchesRule(rule.of, node);
    default: {
      const found = valueAt(rule.path, node);
      return found !== null && typeof found !== 'object' && holds(rule, String(found));
    }
  }
}

function valueAt([root, ...path]: RulePath, node: InventoryNode): Json {
  if (root === 'name') return node.certname;
  return below(root === 'fact' ? node.facts : node.trusted, path);
}

type Comparison = Extract<Rule, { readonly path: RulePath }>;

function holds(rule: Comparison, found: string): boolean {
  if (rule.is === '=') return found === rule.value;
  if (rule.is === '~') return expressionOf(rule)(found);
  return NUMBER.test(found) && NUMBER.test(rule.value) && inOrder(rule.is, Number(found), Number(rule.value));
}

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A rule is held against many nodes, one after the other. */
const expressions = new WeakMap<Comparison, (text: string) => boolean>();

function expressionOf(rule: Comparison): (text: string) => boolean {
  let expression = expressions.get(rule);
  if (expression === undefined) expressions.set(rule, (expression = compileRegex(rule.value)));
  return expression;
}
