import { STATUS_CODES } from 'node:http';
import type { Json, JsonObject } from '#domain';
import type { Schema } from '#http';
import { TEXT } from '#http';
import { createComponents } from './components.js';
import { failures, failuresOf } from './failures.js';
import { ANSWER_HEADERS, answerHeadersOf, HEADER_PARAMETERS, headerParametersOf } from './headers.js';
import type { Operation } from './operations.js';

export interface About {
  /** Of Daybook. */
  readonly version: string;
  /** Whether a path, as routes have it, is answered only with a token. */
  readonly needsToken: (path: string) => boolean;
}

type Refer = (schema: Schema) => Schema;

/** A value that stands for all that a parameter may be. */
const exampleOf = (value: Json | undefined) => (value === undefined ? {} : { example: value });

function parametersOf(operation: Operation): Json[] {
  const { pathParameters, queryParameters, documentation } = operation;
  const example = documentation?.example ?? {};
  const inPath = Object.entries(pathParameters).map(([name, { examples, ...schema }]) => {
    const value = example[name] ?? (examples as readonly Json[] | undefined)?.[0];
    return { name, in: 'path', required: true, schema, ...exampleOf(value) };
  });
  const inQuery = Object.entries(queryParameters).map(([name, { expected, absent, schema = TEXT }]) => {
    const described = { ...schema, ...((absent ?? null) !== null && { default: absent as Json }) };
    return { name, in: 'query', description: expected, schema: described, ...exampleOf(example[name]) };
  });
  return [...inPath, ...inQuery, ...headerParametersOf(operation)];
}

function contentOf(schema: Schema, refer: Refer): JsonObject {
  const { contentMediaType = 'application/json', ...rest } = schema;
  return { [contentMediaType as string]: { schema: refer(rest) } };
}

function responsesOf(operation: Operation, needsToken: boolean, refer: Refer): Json {
  const { status, documentation } = operation;
  const { answer, alsoAnswers = [], otherwise = {} } = documentation ?? {};
  const others = Object.entries(otherwise).map(([other, schema]) => {
    return [other, { description: STATUS_CODES[other]!, content: contentOf(schema, refer) }] as const;
  });
  const success = {
    description: STATUS_CODES[status]!,
    headers: answerHeadersOf(operation),
    ...(answer && {
      content: Object.assign({}, ...[answer, ...alsoAnswers].map((one) => contentOf(one, refer))) as JsonObject,
    }),
  };
  return { ...failuresOf(operation, needsToken), ...Object.fromEntries(others), [status]: success };
}

function presentOperation(operation: Operation, about: About, refer: Refer): Json {
  const { id, path, group, body, documentation } = operation;
  const needsToken = about.needsToken(path);
  const example = exampleOf(documentation?.example?.['body']);
  return {
    operationId: id,
    tags: [group],
    ...(documentation && { summary: documentation.summary }),
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: refer(body), ...example } } },
    }),
    responses: responsesOf(operation, needsToken, refer),
    ...(needsToken && !operation.isOpen && { security: [{ header: [] }, { query: [] }] }),
  };
}

const DESCRIPTION = `Schedules tasks and plans, runs them on nodes, and tells what became of them.

Unknown keys of a body and unknown parameters are ignored. \`null\` in a body is a key that is not given; inside \`params\`
and \`userdata\` it is a value.`;

const SECURITY_SCHEMES = {
  header: { type: 'apiKey', in: 'header', name: 'X-Authentication' },
  query: { type: 'apiKey', in: 'query', name: 'token' },
};

/** The OpenAPI 3.1 document of operations, without `servers`. */
export function documentOf(operations: readonly Operation[], about: About): Readonly<Record<string, Json>> {
  const components = createComponents();
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path.replace(/:(\w+)/g, '{$1}')] ??= {});
    path[operation.method] = presentOperation(operation, about, components.refer);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Daybook',
      version: about.version,
      description: DESCRIPTION,
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      responses: failures(components.refer),
      parameters: HEADER_PARAMETERS,
      headers: ANSWER_HEADERS,
      schemas: components.schemas,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}
