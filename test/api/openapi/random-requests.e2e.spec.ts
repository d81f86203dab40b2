import fc from 'fast-check';
import { Client } from 'undici';
import { openLedger } from '../../harm/ledger.js';
import { startServer } from '../../setup/server.js';
import { clientOf } from '../client.js';
import type { Answer, RunningServer } from '../client.js';
import type { ApiDocument, Operation } from './document.js';
import { isStream, readDocument } from './document.js';
import type { RandomRequest } from './random-request.js';
import { randomRequests } from './random-request.js';

/** 10,000 of `npm run test:harm`. */
const REQUESTS = Number(process.env['DAYBOOK_RANDOM_REQUESTS'] ?? 500);

/** Chosen anew for each run, unless it is given. */
const SEED = Number(process.env['DAYBOOK_HARM_SEED'] ?? Date.now() % 1_000_000);

const ANSWER_MS = 10_000;

let server: RunningServer;
let connection: Client;
beforeAll(async () => {
  // Nobody is there to run what is asked for: it might be Puppet, on this very machine.
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  connection = new Client(server.url, { bodyTimeout: ANSWER_MS, headersTimeout: ANSWER_MS });
});
afterAll(async () => {
  await connection?.close();
  await server?.stop();
});

async function send({ method, path, headers, body }: RandomRequest, requestId: string): Promise<Answer> {
  const {
    statusCode,
    headers: answered,
    body: answer,
  } = await connection.request({
    method: method,
    path,
    headers: { ...headers, 'x-request-id': requestId },
    body,
  });
  const text = await answer.text();
  const isJson = text !== '' && /\bjson\b/.test(String(answered['content-type']));
  return { status: statusCode, headers: answered, text, json: isJson ? (JSON.parse(text) as unknown) : undefined };
}

const holdsNull = (text: string) => /\bnull\b/.test(text);

/** The value of a body; undefined where it has none, or where `null` may stand for what is not given. */
function valueOf(body: string | null): unknown {
  if (body === null || holdsNull(body)) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the document says that a request is wrong. */
function isWrong({ query, body }: RandomRequest, operation: Operation, { takes }: ApiDocument): boolean {
  const value = valueOf(body);
  if (operation.body && value !== undefined && !takes(operation.body.schema, value)) return true;
  return query.some(([name, text]) => {
    const { schema } = operation.parameters.find((parameter) => parameter.name === name)!;
    // A query has no types: what can be read as a number may be one.
    const readings = /^\d+$/.test(text) ? [Number(text), text] : [text];
    return !readings.some((reading) => takes(schema, reading));
  });
}

/** What no answer may be, in words. */
function faultsOf(request: RandomRequest, answer: Answer, document: ApiDocument): readonly string[] {
  const operation = document.operations.find(({ name }) => name === request.operation)!;
  const { status } = answer;
  if (status >= 500) return [`is answered ${status} ${answer.text}`];
  if (request.method !== operation.method) return [];
  if (status < 400 && isWrong(request, operation, document))
    return [`is answered ${status}, and the document refuses it`];
  return document.faultsOf(operation, answer);
}

const figures = (statuses: ReadonlyMap<string, number>, ms: number) =>
  `${REQUESTS} random requests, seed ${SEED}, ${(ms / 1000).toFixed(1)} s: ` +
  [...statuses]
    .map(([status, count]) => `${status} × ${count}`)
    .toSorted()
    .join(', ');

describe(`a server under random requests (seed ${SEED})`, () => {
  it(
    'answers each as documented, and writes nothing for those that it refuses',
    async () => {
      const document = await readDocument(clientOf(server));
      const answering = document.operations.filter((operation) => !isStream(operation));
      const statuses = new Map<string, number>();
      const refused = new Set<string>();
      let count = 0;
      const begunMs = performance.now();
      const property = fc.asyncProperty(randomRequests(answering, server.token), async (request) => {
        const requestId = `random ${count++}`;
        const answer = await send(request, requestId);
        statuses.set(String(answer.status), (statuses.get(String(answer.status)) ?? 0) + 1);
        if (answer.status >= 400) refused.add(requestId);
        expect(faultsOf(request, answer, document)).toEqual([]);
      });
      await fc.assert(property, { seed: SEED, numRuns: REQUESTS, endOnFailure: true });
      process.stdout.write(`${figures(statuses, performance.now() - begunMs)}\n`);

      const ledger = await openLedger(server.dataDir);
      const events = await ledger.events();
      await ledger.close();
      expect(events.filter(({ correlationid }) => refused.has(correlationid))).toEqual([]);
      expect(events.filter(({ correlationid }) => /^random /.test(correlationid)).length).toBeGreaterThan(0);
    },
    60_000 + REQUESTS * 50,
  );
});
