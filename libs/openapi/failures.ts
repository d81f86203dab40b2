import type { Json } from '#domain';
import { ERRORS, FREE, named, objectOf, TEXT } from '#http';
import type { ErrorCode, Schema } from '#http';
import type { Operation } from './operations.js';

const ERROR: Schema = named(
  'Error',
  objectOf<{ kind: string; msg: string; details?: object }>(
    {
      kind: { type: 'string', enum: [...new Set(Object.values(ERRORS).map(({ kind }) => kind))] },
      msg: TEXT,
      details: FREE,
    },
    ['details'],
  ),
);

/** Statuses of what a connection or Daybook itself meets, whatever the operation. */
const ANYWHERE = [405, 408, 431, 500];

type Meets = (operation: Operation, needsToken: boolean) => boolean;

const takesSomething: Meets = ({ body, pathParameters, queryParameters }) =>
  body !== null || Object.keys({ ...pathParameters, ...queryParameters }).length > 0;

/** Which operations meet errors of a status; others are of commands. */
const MET_BY: Readonly<Record<number, Meets>> = {
  400: () => true,
  // What is open without a token takes another proof.
  401: ({ isOpen }, needsToken) => needsToken || isOpen,
  403: ({ isOpen }, needsToken) => needsToken || isOpen,
  404: (operation, needsToken) =>
    takesSomething(operation, needsToken) || operation.documentation?.mayBeMissing === true,
  409: ({ method }) => method !== 'get',
  // A body is read also where none is taken.
  413: ({ method }) => method !== 'get',
  415: ({ method }) => method !== 'get',
  503: ({ side }) => side !== null,
};

const isCommand: Meets = ({ side }) => side === 'write';

const byStatus = Map.groupBy<number, (typeof ERRORS)[ErrorCode]>(Object.values(ERRORS), ({ status }) => status);

/** The answers of all errors, for the components. */
export function failures(refer: (schema: Schema) => Schema): Record<string, Json> {
  const content = { 'application/json': { schema: refer(ERROR) } };
  const anywhere = ANYWHERE.flatMap((status) => byStatus.get(status) ?? []);
  const responses = [...byStatus, ['default', anywhere] as const].map(([status, errors]) => {
    const lines = errors.map(({ status, kind, when }) => `- ${status} \`${kind}\`: ${when}`);
    return [status, { description: lines.join('\n'), content }] as const;
  });
  return Object.fromEntries(responses);
}

/** References to the answers of the errors that an operation may meet. */
export function failuresOf(operation: Operation, needsToken: boolean): Record<string, Json> {
  const statuses = [...byStatus.keys()].filter(
    (status) => !ANYWHERE.includes(status) && (MET_BY[status] ?? isCommand)(operation, needsToken),
  );
  const references = [...statuses, 'default'].map((status) => [status, { $ref: `#/components/responses/${status}` }]);
  return Object.fromEntries(references) as Record<string, Json>;
}
