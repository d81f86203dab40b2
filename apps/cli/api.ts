import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HTTP API of a server. */
export interface Api {
  /** Without a path. */
  readonly url: string;
  /**
   * Asks for something and gives the answer, null where it is empty.
   * @throws Error with one sentence when the server refuses or cannot be reached
   */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T>;
}

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'http://127.0.0.1:8143';

/** Uses the server and the token that the environment names; neither is looked at before the first call. */
export function openApi(env: Env): Api {
  const url = env['DAYBOOK_URL'] || DEFAULT_URL;
  return {
    url,
    async call<T>(method: string, path: string, body?: object) {
      if (!URL.canParse(path, url)) throw new Error(`DAYBOOK_URL is '${url}', expected an http or https URL`);
      const headers = {
        'x-authentication': tokenOf(env),
        ...(body && { 'content-type': 'application/json' }),
      };
      const response = await ask(new URL(path, url), { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const text = await response.text();
      if (!response.ok) throw new Error(problemOf(response.status, text));
      return (text === '' ? null : JSON.parse(text)) as T;
    },
  };
}

function tokenOf(env: Env): string {
  if (env['DAYBOOK_TOKEN']) return env['DAYBOOK_TOKEN'];
  const path = join(env['DAYBOOK_DATA_DIR'] || '.daybook', 'admin-token');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`DAYBOOK_TOKEN is not set and ${path} cannot be read: ${(error as Error).message}`);
  }
}

async function ask(url: URL, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${url.origin} cannot be reached: ${cause instanceof Error ? cause.message : message}`);
  }
}

function problemOf(status: number, text: string): string {
  try {
    const { msg } = JSON.parse(text) as { msg?: unknown };
    if (typeof msg === 'string') return msg;
  } catch {
    // Not from Daybook.
  }
  return `the server answers ${status}, expected an answer of Daybook`;
}
