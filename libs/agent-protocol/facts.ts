import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import type { JSONSchemaType } from 'ajv';

import type { Json, JsonObject } from '#domain';
import { lazy } from '#platform';

import type { FactsMessage } from './messages.js';
import { TIME } from './report-schema.js';

/** Most bytes of JSON that the facts of a node have. */
export const FACTS_BYTES = 64 * 1024;

/** Deeper values would be more than the programs that read them can take. */
const DEEPEST = 100;

const schema = {
  type: 'object',
  required: ['digest', 'takenAt', 'environment', 'facts'],
  properties: {
    digest: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    takenAt: { type: 'string', pattern: TIME },
    environment: { type: 'string', pattern: '^\\w{1,255}$' },
    facts: { type: 'object' },
  },
};

const ajv = lazy(() => new Ajv({ strict: true }));
const validator = lazy(() => ajv().compile<FactsMessage>(schema as unknown as JSONSchemaType<FactsMessage>));

/** SHA-256 of the JSON text of facts whose keys are in order, so that the same facts have the same. */
export function factsDigest(facts: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(facts, inOrder)).digest('hex');
}

/** Whether no fact is nested so deep that it cannot be taken. */
export function isFlatEnough(value: Json, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isFlatEnough(each, levels - 1));
}

/** Facts of a message, or the sentence that says why it holds none. */
export function readFacts(message: unknown): FactsMessage | string {
  const isShaped = validator();
  if (!isShaped(message)) return `the message is wrong: ${ajv().errorsText(isShaped.errors)}`;
  const { digest, takenAt, environment, facts } = message;
  if (!isFlatEnough(facts)) return `the facts are nested deeper than ${DEEPEST} levels`;
  const bytes = Buffer.byteLength(JSON.stringify(facts));
  if (bytes > FACTS_BYTES) return `the facts have ${bytes} bytes, expected at most ${FACTS_BYTES}`;
  const actual = factsDigest(facts);
  if (actual !== digest) return `digest is ${digest}, expected ${actual}`;
  return { digest, takenAt, environment, facts };
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
