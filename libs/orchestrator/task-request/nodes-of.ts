import { checkNodes } from '#domain';
import { invalid, shown } from '#http';
import type { ScopeBody } from './scope-body.js';

const KEYS = ['nodes', 'query', 'node_group', 'application'] as const;

/**
 * The nodes of a scope.
 * @throws ApiError when there is not exactly one key or a node twice
 * @throws Refusal when there is no node or there are too many
 */
export function nodesOf(scope: ScopeBody): readonly string[] {
  const given = KEYS.filter((key) => scope[key] !== undefined);
  if (given.length !== 1) {
    throw invalid(`scope has ${given.join(' and ') || 'no key'}, expected exactly one of nodes, query and node_group`);
  }
  const { nodes } = scope;
  if (!nodes)
    throw invalid(`scope.${given[0]} is not supported yet, expected scope.nodes`, { key: `scope.${given[0]}` });
  checkNodes(nodes);
  const twice = firstRepeated(nodes);
  if (twice !== null) throw invalid(`scope.nodes has ${shown(twice)} twice, expected each node once`, { node: twice });
  return nodes;
}

function firstRepeated(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
