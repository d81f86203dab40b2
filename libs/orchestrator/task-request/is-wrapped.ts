import { applyDecorators } from '@nestjs/common';
import { IsObject } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { JsonObject } from '#domain';

/**
 * Declares parameters, each in an object with the key `value`; no message repeats what they hold.
 * @param others schemas of the keys beside `value`
 */
export const IsWrapped = (others: Readonly<Record<string, JsonObject>> = {}) =>
  applyDecorators(
    IsObject(),
    JSONSchema({
      additionalProperties: {
        type: 'object',
        required: ['value'],
        properties: others,
        description: 'an object with the key value',
        writeOnly: true,
      },
      description: 'an object with an object for each parameter, whose key value has its value',
      writeOnly: true,
    }),
  );
