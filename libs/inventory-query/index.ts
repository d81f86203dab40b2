export { parseAst } from './parse-ast.js';
export { parsePql } from './parse-pql.js';
export type * from './query.js';
export { InvalidQuery } from './refusal.js';
