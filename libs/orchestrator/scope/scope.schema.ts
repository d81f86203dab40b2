import type { Scope } from '#domain';
import { FLAG, listOf, named, objectOf, TEXT } from '#http';

/** Which nodes something is for, as it was asked for. */
export const SCOPE = named('Scope', {
  ...objectOf<Scope>(
    {
      nodes: listOf(TEXT),
      query: { anyOf: [TEXT, { type: 'array' }] },
      node_group: TEXT,
      whole_environment: FLAG,
    },
    ['nodes', 'query', 'node_group', 'whole_environment'],
  ),
  minProperties: 1,
  maxProperties: 1,
});
