import type { Scope } from '#domain';
import { invalid, shown } from '#http';
import { parseQuery } from '#inventory-query';
import type { ScopeBody } from './scope-body.js';

const KEYS = ['nodes', 'query', 'node_group', 'whole_environment', 'application'] as const;

/**
 * The scope of a request. Which nodes it holds is found out by the writer.
 * @throws ApiError when there is not exactly one key or a node twice
 * @throws Refusal when a query cannot be read
 */
export function scopeOf(scope: ScopeBody): Scope {
  const given = KEYS.filter((key) => scope[key] !== undefined);
  if (given.length !== 1) {
    throw invalid(`scope has ${given.join(' and ') || 'no key'}, expected exactly one of nodes, query and node_group`);
  }
  const { nodes, query, node_group } = scope;
  if (nodes) return { nodes: eachOnce(nodes) };
  if (query !== undefined) {
    parseQuery(query);
    return { query };
  }
  if (node_group !== undefined) return { node_group };
  throw invalid(`scope.${given[0]} is gone, expected scope.nodes, scope.query or scope.node_group`, {
    key: `scope.${given[0]}`,
  });
}

function eachOnce(nodes: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node)) throw invalid(`scope.nodes has ${shown(node)} twice, expected each node once`, { node });
    seen.add(node);
  }
  return nodes;
}
