import type { JSONSchemaType } from 'ajv';
import { Ajv } from 'ajv';
import { lazy } from '#platform';
import type { Hello } from './messages.js';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const runIds = { type: 'array', items: text };

const schema = {
  type: 'object',
  required: ['wanted', 'holding'],
  properties: {
    wanted: runIds,
    holding: runIds,
    factsDigest: textOrNull,
    environment: textOrNull,
    againMs: { type: 'number', exclusiveMinimum: 0, maximum: 3_600_000 },
  },
};

const validate = lazy(() =>
  new Ajv({ allowUnionTypes: true, strict: true }).compile<Hello>(schema as unknown as JSONSchemaType<Hello>),
);

/** What an agent has said; null: that is no hello. */
export function readHello(json: string): Hello | null {
  try {
    const hello: unknown = JSON.parse(json);
    return validate()(hello) ? hello : null;
  } catch {
    return null;
  }
}
