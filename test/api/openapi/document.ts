import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#domain';
import { parseInstant } from '#http';
import type { Answer, Client } from '../client.js';

interface Content {
  readonly schema: JsonObject;
  readonly example?: Json;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonObject;
  readonly example?: string | number;
}

interface Response {
  readonly content?: Readonly<Record<string, Content>>;
}

/** An operation as a client finds it in the document, with all references followed. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Content | null;
  readonly responses: Readonly<Record<string, Response>>;
}

/** Whether it answers for as long as the client listens. */
export const isStream = ({ responses }: Operation) => responses['200']?.content?.['text/event-stream'] !== undefined;

/** The document that a server answers. */
export interface ApiDocument {
  readonly operations: readonly Operation[];
  /** What is wrong with an answer to an operation, in words; none: it is as documented. */
  readonly faultsOf: (operation: Operation, answer: Answer) => readonly string[];
  /** Whether a value is what a schema of the document takes. */
  readonly takes: (schema: JsonObject, value: unknown) => boolean;
}

/** Of an answer in a message. */
const SHOWN_CHARACTERS = 500;

/** Errors of any operation, which stand under `default`. */
const ANYWHERE = [405, 408, 431];

const COMPONENT = /^#\/components\/(\w+)\/([\w.-]+)$/;

/** Follows every reference; no component refers to itself. */
function resolved(value: Json, components: Readonly<Record<string, JsonObject>>): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolved(item, components));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as JsonObject;
  if (typeof $ref !== 'string') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, components)]));
  }
  const [, kind, name] = COMPONENT.exec($ref)!;
  return resolved(components[kind!]![name!]!, components);
}

/** Asks a server for its document. */
export async function readDocument(client: Client): Promise<ApiDocument> {
  const { json } = await client.call('GET', '/openapi.json', { token: null });
  const { paths, components } = json as Record<'paths' | 'components', Record<string, JsonObject>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(resolved(methods, components) as Record<string, JsonObject>).map(([verb, operation]) => {
      const method = verb.toUpperCase();
      const { parameters, requestBody, responses } = operation as unknown as Pick<
        Operation,
        'parameters' | 'responses'
      > & {
        readonly requestBody?: Required<Response>;
      };
      const body = requestBody?.content['application/json'] ?? null;
      return { name: `${method} ${path}`, method, path, parameters, body, responses };
    }),
  );
  const ajv = new Ajv2020({
    strict: false,
    formats: {
      date: /^\d{4}-\d\d-\d\d$/,
      'date-time': (text) => parseInstant(text) !== null,
      uri: (text) => URL.canParse(text),
    },
  });
  return {
    operations,
    faultsOf({ responses }, { status, headers, json, text }) {
      const response = responses[status] ?? (ANYWHERE.includes(status) ? responses['default'] : undefined);
      if (!response) return [`status ${status} is not documented`];
      if (!response.content) return text === '' ? [] : [`a body is not documented: ${text}`];
      const [[type, { schema }]] = Object.entries(response.content) as [[string, Content]];
      const sent = String(headers['content-type']).split(';')[0]!;
      if (type !== '*/*' && type !== sent) return [`content type ${sent} is not documented`];
      if (ajv.validate(schema, json ?? text)) return [];
      return [`${text.slice(0, SHOWN_CHARACTERS)} is not as documented: ${ajv.errorsText()}`];
    },
    takes: (schema, value) => ajv.validate(schema, value),
  };
}
