import { Pool } from 'undici';
import type { Json } from '#domain';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined where the text is empty or no JSON. */
  readonly json: unknown;
}

export interface Sent {
  /** As JSON; a string or bytes as they are. */
  readonly body?: Json | Buffer;
  /** Absent: the header is not sent. */
  readonly app?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls paths of a server's Jobs API as they are written, where a URL would be put in order. */
export function callerOf(server: { readonly jobsUrl: string }) {
  const pool = new Pool(server.jobsUrl);
  const call = async (method: string, path: string, { body, app, headers }: Sent = {}): Promise<Answer> => {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await pool.request({
      method: method,
      path,
      headers: { ...(app !== undefined && { 'dapr-app-id': app }), ...headers },
      body: raw ?? null,
    });
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    const json = isJson ? (JSON.parse(text) as unknown) : undefined;
    return { status: response.statusCode, headers: response.headers, text, json };
  };
  return { call, close: () => pool.close() };
}

export type Call = ReturnType<typeof callerOf>['call'];

/** What an error answer says; the shape is that of all. */
export function errorOf({ status, json }: Answer) {
  const { errorCode, message } = json as { readonly errorCode: string; readonly message: string };
  return { status, errorCode, message };
}
