import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#domain';
import type { KeptSchemas } from '#schemas-api';
import type { EventSchema } from './generate.js';
import { haveSameShape } from './shape.js';

/** How what is kept of an event's version parts from its type; `none`: not at all. */
export type Drift = 'none' | 'missing' | 'words' | 'shape';

export function driftOf({ type, version, schema }: EventSchema, kept: KeptSchemas): Drift {
  const text = kept.get(`/schemas/${type}/${version}`);
  if (text === undefined) return 'missing';
  const keptSchema = JSON.parse(text) as Json;
  if (isDeepStrictEqual(schema, keptSchema)) return 'none';
  return haveSameShape(schema, keptSchema) ? 'words' : 'shape';
}

/** What to do about a drift; null: nothing. */
export function adviceOn(drift: Drift, { type, version }: EventSchema): string | null {
  const file = `schemas/${type}/${version}.json`;
  switch (drift) {
    case 'none':
      return null;
    case 'missing':
      return `${file} does not exist, expected the schema of ${type}: run "npm run schemas"`;
    case 'words':
      return `${file} has other words than the type of ${type}: run "npm run schemas"`;
    case 'shape':
      return `${file} has another shape than the type of ${type}, and a version never changes its shape: raise the version in EVENT_VERSIONS, add an upcaster from version ${version}, and run "npm run schemas"`;
  }
}
