import type { Json } from '#domain';

import { shown } from './json-parts.js';
import type { Query } from './query.js';
import { readWholeQuery } from './read-query.js';
import { InvalidQuery, Refusal } from './refusal.js';

/**
 * Reads a query in PuppetDB's AST, such as `["from", "nodes", ["~", "certname", ".*"]]`. A condition or an `extract`
 * that stands alone is asked of `nodes`.
 * @throws InvalidQuery that shows the part that is wrong and says what was expected
 */
export function parseAst(json: Json): Query {
  try {
    return readWholeQuery(json);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new InvalidQuery(`AST query error in ${shown(error.part)}: ${error.message}`, null);
  }
}
