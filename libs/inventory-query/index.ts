export { evaluateQuery } from './evaluate-query.js';
export type { InventoryNode } from './inventory-node.js';
export { parseAst } from './parse-ast.js';
export { parsePql } from './parse-pql.js';
export type * from './query.js';
export { InvalidQuery } from './refusal.js';
