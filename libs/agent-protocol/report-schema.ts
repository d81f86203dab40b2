import type { JSONSchemaType } from 'ajv';
import { Ajv } from 'ajv';
import { lazy } from '#platform';
import type { Report } from './messages.js';

/** RFC 3339 with milliseconds, in UTC. */
export const TIME = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';

const identity = {
  reportId: { type: 'string', minLength: 1, maxLength: 255 },
  runId: { type: 'string', minLength: 1, maxLength: 255 },
};
const attempt = { type: 'integer', minimum: 1 };
const time = { type: 'string', pattern: TIME };
const large = {
  type: ['object', 'null'],
  required: ['sha256', 'size'],
  properties: { sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' }, size: { type: 'integer', minimum: 0 } },
};
const error = {
  type: 'object',
  required: ['kind', 'msg', 'details'],
  properties: { kind: { type: 'string' }, msg: { type: 'string' }, details: { type: 'object' } },
};

/** One report of a run, as an agent may send it. */
const schema = {
  type: 'object',
  required: ['reportId', 'runId', 'kind', 'attempt'],
  oneOf: [
    { properties: { ...identity, attempt, kind: { const: 'started' }, startedAt: time }, required: ['startedAt'] },
    {
      properties: {
        ...identity,
        attempt,
        kind: { enum: ['finished', 'failed'] },
        startedAt: time,
        finishedAt: time,
        large,
      },
      required: ['startedAt', 'finishedAt', 'result', 'large'],
    },
    {
      properties: {
        ...identity,
        attempt,
        kind: { const: 'errored' },
        startedAt: { type: ['string', 'null'], pattern: TIME },
        error,
      },
      required: ['startedAt', 'error'],
    },
  ],
};

const validate = lazy(() =>
  new Ajv({ allowUnionTypes: true, strict: true, strictRequired: false }).compile<Report>(
    schema as unknown as JSONSchemaType<Report>,
  ),
);

export const isReport = (value: unknown): value is Report => validate()(value);
