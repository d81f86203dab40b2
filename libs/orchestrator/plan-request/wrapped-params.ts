import type { FoundBy, Json, JsonObject } from '#domain';
import { invalid, shown } from '#http';
import { parseQuery } from '#inventory-query';
import { isNodeGroupId, isQueryText, NODE_GROUP_EXPECTED, QUERY_EXPECTED } from '../scope/scope-body.js';
import { IsWrapped } from '../task-request/is-wrapped.js';

/** A value, or with a type what finds the names of nodes that are the value. */
export interface WrappedParam {
  readonly value: Json;
  /** Null is as good as absent. */
  readonly type?: 'query' | 'node_group' | null;
}

export type WrappedParams = Readonly<Record<string, WrappedParam>>;

/** Declares the parameters of a plan, each in an object. */
export const IsWrappedParams = () =>
  IsWrapped({ type: { enum: ['query', 'node_group', null], description: "'query', 'node_group' or nothing" } });

/** Parameters of a plan: those that are given, and those that are found. */
export interface GivenParams {
  readonly params: JsonObject;
  readonly found: Readonly<Record<string, FoundBy>>;
}

/**
 * Takes parameters out of their objects.
 * @throws ApiError when one says that nodes are to be found, and not how
 * @throws Refusal when a query cannot be read
 */
export function unwrapped(wrapped: WrappedParams): GivenParams {
  const params: [string, Json][] = [];
  const found: [string, FoundBy][] = [];
  for (const [name, { value, type }] of Object.entries(wrapped)) {
    if (type === 'query') found.push([name, { query: queryOf(name, value) }]);
    else if (type === 'node_group') found.push([name, { node_group: nodeGroupOf(name, value) }]);
    else params.push([name, value]);
  }
  return { params: Object.fromEntries(params), found: Object.fromEntries(found) };
}

function queryOf(param: string, value: Json) {
  if (!isQueryText(value)) throw notWhatFinds(param, value, QUERY_EXPECTED);
  parseQuery(value);
  return value;
}

function nodeGroupOf(param: string, value: Json) {
  if (!isNodeGroupId(value)) throw notWhatFinds(param, value, NODE_GROUP_EXPECTED);
  return value;
}

const notWhatFinds = (param: string, value: Json, expected: string) =>
  invalid(`The value of parameter '${param}' is ${shown(value)}, expected ${expected}`, { params: [param] });
