import type { Json } from '#domain';
import { COUNT, FLAG } from '#http';
import type { Operation } from './operations.js';

const PRINTABLE = { type: 'string', pattern: '^[ -~]{1,255}$' };

/** Headers of requests that are no part of an operation's own code, for the components. */
export const HEADER_PARAMETERS: Readonly<Record<string, Json>> = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key with the same request gets the first answer, and nothing is done again.',
    schema: PRINTABLE,
  },
  'Daybook-After': {
    name: 'Daybook-After',
    in: 'header',
    description: 'Waits until the answer shows the event with this number, but not longer than 2 s.',
    schema: { ...COUNT, maximum: 999_999_999_999_999 },
  },
};

/** Headers of answers, for the components. */
export const ANSWER_HEADERS: Readonly<Record<string, Json>> = {
  'Daybook-Position': { description: 'Number of the event that the answer rests on.', schema: COUNT },
  'Daybook-As-Of': {
    description: 'Number of the last event that the answer shows, where as_of is given.',
    schema: COUNT,
  },
  'Daybook-Stale': { description: 'Present where the answer could not wait for what came before it.', schema: FLAG },
};

const PARAMETERS_OF = { write: ['Idempotency-Key'], read: ['Daybook-After'] };

const HEADERS_OF = { write: ['Daybook-Position'], read: ['Daybook-Stale'] };

export const headerParametersOf = ({ side }: Operation): readonly Json[] =>
  side === null ? [] : PARAMETERS_OF[side].map((name) => ({ $ref: `#/components/parameters/${name}` }));

export const answerHeadersOf = ({ side, queryParameters }: Operation): Record<string, Json> => {
  const names = [...(side === null ? [] : HEADERS_OF[side]), ...('as_of' in queryParameters ? ['Daybook-As-Of'] : [])];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
};
