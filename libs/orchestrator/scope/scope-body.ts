import { IsArray, IsOptional, IsString, Matches } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { Json, QueryText } from '#domain';
import { Expects } from '#http';

/** 1 to 255 characters without control characters, spaces, slashes and `..`. */
const CERTNAME = /^(?!.*\.\.)[^\s/\\\p{Cc}]{1,255}$/u;

const NODES = 'an array of node names of 1 to 255 characters without spaces, slashes and ..';

/** Longer than any that a person writes, and short enough to be read at once. */
const LONGEST_QUERY = 65_536;

/** What `isQueryText` takes, for messages. */
export const QUERY_EXPECTED = `a query in PQL of at most ${LONGEST_QUERY} characters, or an array with the AST of one`;

/** Whether a value may be a query; `parseQuery` finds out whether it is one. */
export function isQueryText(value: Json): value is QueryText {
  return typeof value === 'string' ? value.length <= LONGEST_QUERY : Array.isArray(value) && value.length > 0;
}

const NODE_GROUP_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What `isNodeGroupId` takes, for messages. */
export const NODE_GROUP_EXPECTED = 'the id of a node group, a UUID in small letters';

/** Whether a value may be the id of a node group, whether there is one or not. */
export function isNodeGroupId(value: Json): value is string {
  return typeof value === 'string' && NODE_GROUP_ID.test(value);
}

/** Which nodes a request is for. */
@JSONSchema({ description: 'an object with exactly one of nodes, query and node_group' })
export class ScopeBody {
  @IsOptional()
  @Matches(CERTNAME, { each: true })
  @IsString({ each: true })
  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: NODES,
    items: { ...schema.items, description: 'a node name of 1 to 255 characters without spaces, slashes and ..' },
  }))
  nodes?: readonly string[];

  @IsOptional()
  @JSONSchema({
    description: QUERY_EXPECTED,
    anyOf: [
      { type: 'string', maxLength: LONGEST_QUERY },
      { type: 'array', minItems: 1 },
    ],
  })
  query?: QueryText;

  @IsOptional()
  @Matches(NODE_GROUP_ID)
  @IsString()
  @Expects(NODE_GROUP_EXPECTED)
  node_group?: string;

  /** Not documented for requests: what some answers once showed. */
  @IsOptional()
  @Expects('nothing')
  whole_environment?: unknown;

  @IsOptional()
  @Expects('nothing: applications are gone')
  application?: unknown;
}
