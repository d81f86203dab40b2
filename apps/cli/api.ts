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
  /**
   * Asks for something large and gives the answer in pieces as they come, no faster than they are taken.
   * @throws Error as `call`, also from the iteration when the answer is broken off
   */
  stream(path: string): Promise<AsyncIterable<Uint8Array>>;
}

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'http://127.0.0.1:8143';

/** What arguments say in the place of the environment. */
export interface ApiArguments {
  readonly url?: string;
  readonly token?: string;
}

/**
 * Uses the server and the token that arguments or the environment name; neither is looked at before the first call.
 * @param given asked for the arguments then
 */
export function openApi(env: Env, given: () => ApiArguments): Api {
  const urlNow = () => given().url || env['DAYBOOK_URL'] || DEFAULT_URL;

  async function request(method: string, path: string, body?: object): Promise<Response> {
    const url = urlNow();
    if (!URL.canParse(path, url)) {
      const name = given().url ? '--url' : 'DAYBOOK_URL';
      throw new Error(`${name} is '${url}', expected an http or https URL`);
    }
    const headers = {
      'x-authentication': given().token || tokenOf(env),
      ...(body && { 'content-type': 'application/json' }),
    };
    const response = await ask(new URL(path, url), { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(problemOf(response.status, await response.text()));
    return response;
  }
  return {
    get url() {
      return urlNow();
    },
    async call<T>(method: string, path: string, body?: object) {
      const text = await (await request(method, path, body)).text();
      return (text === '' ? null : JSON.parse(text)) as T;
    },
    async stream(path) {
      return unbroken((await request('GET', path)).body!);
    },
  };
}

/** Says in a sentence where an answer is broken off. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`the server's answer was broken off: ${cause instanceof Error ? cause.message : message}`);
  }
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
