export { evaluateQuery } from './evaluate-query.js';
export type { InventoryNode } from './inventory-node.js';
export { matchesRule } from './matches-rule.js';
export { parseAst } from './parse-ast.js';
export { parsePql } from './parse-pql.js';
export { parseRule } from './parse-rule.js';
export type * from './query.js';
export { InvalidQuery, InvalidRule } from './refusal.js';
export type { Rule, RulePath } from './rule.js';
