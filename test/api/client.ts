import { request } from 'undici';
import type { Json } from '#domain';
import type { startServer } from '../setup/server.js';

export type RunningServer = Awaited<ReturnType<typeof startServer>>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The text as JSON; undefined where it is empty. Its shape is what the tests are about. */
  readonly json: unknown;
}

export interface Call {
  /** Sent as JSON; a string or bytes as they are. */
  readonly body?: Json | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: none is sent. Default: the server's. */
  readonly token?: string | null;
  /** After this time without the whole answer the call is broken off. Default: never. */
  readonly timeoutMs?: number;
}

/** Calls paths below a server's root with its token. */
export function clientOf(server: { readonly url: string; readonly token: string }) {
  const call = async (method: string, path: string, { body, headers, token = server.token, timeoutMs }: Call = {}) => {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await request(new URL(path, server.url), {
      method: method as 'GET',
      headers: {
        ...(token !== null && { 'x-authentication': token }),
        ...(raw !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: raw ?? null,
      signal: timeoutMs === undefined ? null : AbortSignal.timeout(timeoutMs),
    });
    const text = await response.body.text();
    const isJson = /\bjson\b/.test(String(response.headers['content-type']));
    const answer: Answer = {
      status: response.statusCode,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as unknown) : undefined,
    };
    return answer;
  };
  const v1 = (path: string) => `/orchestrator/v1/${path}`;
  return {
    call,
    get: (path: string, options?: Call) => call('GET', v1(path), options),
    post: (command: string, body: Json | Buffer, options?: Call) =>
      call('POST', v1(`command/${command}`), { ...options, body }),
    delete: (path: string, options?: Call) => call('DELETE', v1(path), options),
  };
}

export type Client = ReturnType<typeof clientOf>;

const POLL_MS = 20;

/** Asks again until the answer is as wanted; the test's own timeout ends the wait. */
export async function until(ask: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A job once it has ended. */
export const ended = (client: Client, id: string) =>
  until(
    () => client.get(`jobs/${id}`),
    ({ json }) => ['finished', 'failed', 'stopped'].includes((json as { state: string }).state),
  );

/** The code of an error's kind, without its namespace. */
export const kindOf = ({ json }: Answer) => String((json as { kind?: string } | undefined)?.kind);

/** RFC 3339 text of a time from now, in seconds. */
export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A request for a task that is right in every way. */
export const echo = (over: Record<string, Json> = {}): Record<string, Json> => ({
  task: 'echo',
  params: { message: 'hello' },
  scope: { nodes: ['localhost'] },
  ...over,
});

/** As `echo`, an hour from now. */
export const echoLater = (over: Record<string, Json> = {}) => echo({ scheduled_time: inSeconds(3600), ...over });
