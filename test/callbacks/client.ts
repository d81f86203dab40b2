import { request } from 'undici';
import type { Json } from '#domain';

export interface JobsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

/** Calls the Jobs API of a server for an app. */
export const jobsClientOf =
  (server: { readonly jobsUrl: string }, app = 'default', headers: Readonly<Record<string, string>> = {}) =>
  async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json): Promise<JobsAnswer> => {
    const response = await request(new URL(path, server.jobsUrl), {
      method,
      headers: { 'dapr-app-id': app, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as unknown) : undefined,
    };
  };

export type JobsClient = ReturnType<typeof jobsClientOf>;
