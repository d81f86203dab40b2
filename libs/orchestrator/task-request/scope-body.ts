import { IsArray, IsOptional, IsString, Matches } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { Expects } from '#http';

/** 1 to 255 characters without control characters, spaces, slashes and `..`. */
const CERTNAME = /^(?!.*\.\.)[^\s/\\\p{Cc}]{1,255}$/u;

const NODES = 'an array of node names of 1 to 255 characters without spaces, slashes and ..';

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
  @Expects('a PuppetDB query')
  query?: unknown;

  @IsOptional()
  @Expects('the id of a node group')
  node_group?: unknown;

  @IsOptional()
  @Expects('nothing: applications are gone')
  application?: unknown;
}
