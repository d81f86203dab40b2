import fc from 'fast-check';
import type { Json } from '#domain';
import { arbitraryOf } from './arbitrary-of-schema.js';
import type { Operation } from './document.js';
import { noObjects, spoilt, strangeTexts } from './strange.js';

/** A request as it is sent; its JSON text is all that repeating it takes. */
export interface RandomRequest {
  /** Name of the operation from which it is made. */
  readonly operation: string;
  readonly method: string;
  /** Encoded, with the query. */
  readonly path: string;
  /** What stands in the query, not encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const often = <T>(arbitrary: fc.Arbitrary<T>, ...seldom: readonly fc.Arbitrary<T>[]) =>
  fc.oneof({ arbitrary, weight: 6 }, ...seldom);

function bodiesOf({ body }: Operation): fc.Arbitrary<string | null> {
  if (body === null) return often(fc.constant<string | null>(null), noObjects);
  const right = arbitraryOf(body.schema, body.example);
  const texts = right.map((value) => JSON.stringify(value));
  const cut = fc.tuple(texts, fc.nat()).map(([text, at]) => text.slice(0, at % text.length));
  const wrong = right.chain(spoilt).map((value) => JSON.stringify(value));
  return fc.oneof({ arbitrary: texts, weight: 5 }, { arbitrary: wrong, weight: 5 }, cut, noObjects);
}

const asText = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** In a path: no `.` segments, which a client would resolve. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E');

function pathsOf({ path, parameters }: Operation): fc.Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const values = inPath.map(({ name, schema, example }) =>
    often(arbitraryOf(schema, example).map(asText), strangeTexts, fc.integer({ min: 1, max: 30 }).map(String))
      // Without it, the path would be that of something else.
      .filter((value) => value !== '')
      .map((value) => [name, value] as const),
  );
  return fc
    .tuple(...values)
    .map((given) => given.reduce((url, [name, value]) => url.replace(`{${name}}`, () => encoded(value)), path));
}

function queriesOf({ parameters }: Operation): fc.Arbitrary<RandomRequest['query']> {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const values = inQuery.map(({ name, schema, example }) => {
    const value = often(arbitraryOf(schema, example).map(asText), strangeTexts).map((text) => text.toWellFormed());
    const times = fc.oneof({ arbitrary: fc.constantFrom(0, 1), weight: 20 }, fc.constant(2));
    return times.chain((length) =>
      fc.tuple(...Array.from({ length }, () => value.map((text) => [name, text] as const))),
    );
  });
  return fc.tuple(...values).map((parts) => parts.flat());
}

const printable = fc.string({ unit: fc.constantFrom(...' abc;=/,"\\~'), maxLength: 10 });

function headersOf({ body, parameters }: Operation, token: string) {
  const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
  const keys = fc.oneof(
    fc.integer({ min: 1, max: 20 }).map((n) => `key ${n}`),
    printable,
  );
  return fc.record(
    {
      ...(body !== null && {
        'content-type': often(
          fc.constantFrom('application/json', 'application/json; charset=utf-8'),
          fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'),
        ),
      }),
      'x-authentication': fc.oneof({ arbitrary: fc.constant(token), weight: 30 }, printable),
      ...(takes('Idempotency-Key') && { 'idempotency-key': keys }),
      ...(takes('Daybook-After') && { 'daybook-after': fc.oneof(fc.constantFrom('0', '1', '-1', '1e3'), printable) }),
    },
    { requiredKeys: ['x-authentication', ...(body === null ? [] : ['content-type' as const])] as never },
  ) as unknown as fc.Arbitrary<Record<string, string>>;
}

/** Requests of an operation, right ones and wrong ones. */
function requestsOf(operation: Operation, token: string): fc.Arbitrary<RandomRequest> {
  const method = fc.oneof(
    { arbitrary: fc.constant(operation.method), weight: 30 },
    fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
  );
  return fc
    .record({
      method,
      path: pathsOf(operation),
      query: queriesOf(operation),
      headers: headersOf(operation, token),
      body: bodiesOf(operation),
    })
    .map(({ path, query, ...rest }) => {
      const search = query.map(([name, value]) => `${name}=${encoded(value)}`).join('&');
      return { operation: operation.name, path: search === '' ? path : `${path}?${search}`, query, ...rest };
    });
}

/** What may write is asked more often. */
const weightOf = ({ method }: Operation) => (method === 'GET' ? 1 : 4);

/** Requests of any operation of a document. */
export const randomRequests = (operations: readonly Operation[], token: string) =>
  fc.oneof(
    ...operations.map((operation) => ({ arbitrary: requestsOf(operation, token), weight: weightOf(operation) })),
  );
