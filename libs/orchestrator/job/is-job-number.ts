import { applyDecorators } from '@nestjs/common';
import { IsDefined } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/** Declares the number of a job or of a plan job, as a number or as text. */
export const IsJobNumber = () =>
  applyDecorators(
    IsDefined(),
    JSONSchema(() => ({
      description: 'an integer from 1 to 999999999999999, or the same as text',
      anyOf: [
        { type: 'string', pattern: '^(?!0+$)\\d{1,15}$' },
        { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 },
      ],
    })),
  );
