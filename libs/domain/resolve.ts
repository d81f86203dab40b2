import type { KnownNode } from './inventory/inventory.js';
import type { Json, JsonObject } from './json.js';
import { checkNodes } from './job/node-limits.js';
import { rulesOf } from './node-group/node-groups.js';
import { Refusal } from './refusal.js';
import type { QueryText, Scope } from './scope.js';
import type { State } from './state.js';

/** Finds nodes in an inventory. It is pure: the same nodes give the same answer. */
export interface Resolver {
  /**
   * Certnames in the result of a query, each once.
   * @throws Refusal `query-error` when it is none that can be answered
   */
  byQuery(query: QueryText, nodes: readonly KnownNode[]): readonly string[];
  /** The rows of a query, each with the fields that it asks for. @throws as `byQuery` */
  rows(query: QueryText, nodes: readonly KnownNode[]): readonly JsonObject[];
  /** Certnames of the nodes that match every one of the rules. @throws as `byQuery` */
  byRules(rules: readonly (readonly Json[])[], nodes: readonly KnownNode[]): readonly string[];
}

/**
 * The nodes of a scope as things are now.
 * @throws Refusal when there is none or there are too many, or the scope cannot be understood
 */
export function resolveScope(state: State, scope: Scope, environment: string, resolver: Resolver): readonly string[] {
  const nodes = nodesOf(state, scope, environment, resolver);
  if (nodes.length === 0) {
    if ('whole_environment' in scope) throw new Refusal({ code: 'empty-environment', environment });
    const target = 'nodes' in scope ? 'nodes' : 'query' in scope ? 'query' : 'node_group';
    throw new Refusal({ code: 'empty-target', target, environment });
  }
  checkNodes(nodes);
  return nodes;
}

/** As `resolveScope`, where there may be none or any number of nodes. @throws Refusal when it cannot be understood */
export function nodesOf(state: State, scope: Scope, environment: string, resolver: Resolver): readonly string[] {
  if ('nodes' in scope) return scope.nodes;
  if ('query' in scope) return resolver.byQuery(scope.query, state.nodes.list);
  if ('whole_environment' in scope) {
    return state.nodes.list.filter((node) => node.environment === environment).map(({ certname }) => certname);
  }
  return resolver.byRules(rulesOf(state, scope.node_group), state.nodes.list);
}
