import { Refusal } from '#domain';
import type { Json, KnownNode, QueryText, Resolver } from '#domain';
import { evaluateQuery, evaluateRows } from './evaluate-query.js';
import { matchesRule } from './matches-rule.js';
import { parseAst } from './parse-ast.js';
import { parsePql } from './parse-pql.js';
import { parseRule } from './parse-rule.js';
import { InvalidQuery, InvalidRule } from './refusal.js';

/**
 * Reads a query that a caller wrote.
 * @throws Refusal when it is none that can be answered
 */
export function parseQuery(query: QueryText) {
  return orRefusal(() => (typeof query === 'string' ? parsePql(query) : parseAst(query)));
}

/** Many schedules ask the same at one instant, so an answer is kept for as long as the inventory stays the same. */
export function openResolver(): Resolver {
  let inventory: readonly KnownNode[] = [];
  const answers = new Map<string, readonly string[]>();

  function answer(nodes: readonly KnownNode[], question: readonly Json[], find: () => readonly string[]) {
    if (nodes !== inventory) answers.clear();
    inventory = nodes;
    const key = JSON.stringify(question);
    let found = answers.get(key);
    if (!found) answers.set(key, (found = find()));
    return found;
  }

  return {
    byQuery: (query, nodes) => answer(nodes, ['query', query], () => evaluateQuery(parseQuery(query), nodes)),
    rows: (query, nodes) => orRefusal(() => evaluateRows(parseQuery(query), nodes)),
    byRules: (rules, nodes) =>
      answer(nodes, ['rules', rules], () => {
        const read = rules.map((rule) => orRefusal(() => parseRule(rule)));
        return nodes.filter((node) => read.every((rule) => matchesRule(rule, node))).map(({ certname }) => certname);
      }),
  };
}

function orRefusal<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidQuery || error instanceof InvalidRule)) throw error;
    throw new Refusal({ code: 'query-error', problem: error.message });
  }
}
