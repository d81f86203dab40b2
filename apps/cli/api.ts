import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalOf } from './api-refusal.js';
import { keptLogins } from './kept-logins.js';
import { WrongUse } from './wrong-use.js';

/** The HTTP API of a server. */
export interface Api {
  /** Without a path. */
  readonly url: string;
  /**
   * The token that is used.
   * @throws Error when there is none
   */
  token(): Token;
  /**
   * Asks for something and gives the answer, null where it is empty.
   * @throws ApiRefusal with one sentence when the server refuses, Error when it cannot be reached
   */
  call<T>(method: Method, path: string, body?: object, extras?: Extras): Promise<T>;
  /**
   * Asks for something large and gives the answer in pieces as they come, no faster than they are taken.
   * @throws as `call`, also from the iteration when the answer is broken off
   */
  stream(path: string): Promise<AsyncIterable<Uint8Array>>;
  /** Asks for something and gives the answer with its headers. @throws as `call` */
  ask(method: Method, path: string, body?: object, extras?: Extras): Promise<Response>;
  /** Asks for something and gives the answer, also where it is a refusal. @throws Error when the server cannot be reached */
  send(method: Method, path: string, body?: object, extras?: Extras): Promise<Response>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What few requests need. */
export interface Extras {
  readonly headers?: Readonly<Record<string, string>>;
  /** Comes without a token. */
  readonly isAnonymous?: true;
  readonly signal?: AbortSignal;
}

export interface Token {
  readonly value: string;
  /** Where it was found, for messages. */
  readonly from: string;
}

export type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'http://127.0.0.1:8143';

/** What arguments say in the place of the environment. */
export interface ApiArguments {
  readonly url?: string;
  readonly token?: string;
}

/**
 * Uses the server and the token that arguments, the environment or a login name; none of it is looked at before the
 * first call.
 * @param given asked for the arguments then
 */
export function openApi(env: Env, given: () => ApiArguments): Api {
  const urlNow = () => given().url || env['DAYBOOK_URL'] || DEFAULT_URL;

  function urlOf(path: string): URL {
    const url = urlNow();
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(path, url);
    throw new WrongUse(`${given().url ? '--url' : 'DAYBOOK_URL'} is '${url}', expected an http or https URL`);
  }

  function token(): Token {
    const { token } = given();
    if (token) return { value: token, from: '--token' };
    if (env['DAYBOOK_TOKEN']) return { value: env['DAYBOOK_TOKEN'], from: 'DAYBOOK_TOKEN' };
    const logins = keptLogins(env);
    const kept = logins.tokenFor(urlNow());
    if (kept !== null) return { value: kept, from: `the login in ${logins.path}` };
    return adminToken(env);
  }

  async function send(method: Method, path: string, body?: object, extras: Extras = {}): Promise<Response> {
    const { headers: more, isAnonymous, signal } = extras;
    const url = urlOf(path);
    const headers = {
      ...(!isAnonymous && { 'x-authentication': token().value }),
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    };
    const options = { method, headers, ...(body && { body: JSON.stringify(body) }), ...(signal && { signal }) };
    return fetched(url, options);
  }

  async function ask(...asked: Parameters<typeof send>): Promise<Response> {
    const response = await send(...asked);
    if (!response.ok) throw await refusalOf(response, asked[3]?.isAnonymous ? null : token().from);
    return response;
  }

  return {
    get url() {
      return urlNow();
    },
    token,
    send,
    ask,
    async call<T>(...asked: Parameters<typeof send>) {
      return (await jsonIn(await ask(...asked))) as T;
    },
    async stream(path) {
      return unbroken((await ask('GET', path)).body!);
    },
  };
}

async function jsonIn(response: Response): Promise<unknown> {
  const text = await response.text().catch(brokenOff);
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${response.url} answers what is no JSON, expected an answer of Daybook`);
  }
}

/** Says in a sentence where an answer is broken off. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    brokenOff(error);
  }
}

function brokenOff(error: unknown): never {
  throw new Error(`the server's answer was broken off: ${reasonOf(error)}`, { cause: error });
}

/** The token of the administrator of a server on this machine. */
function adminToken(env: Env): Token {
  const path = join(env['DAYBOOK_DATA_DIR'] || '.daybook', 'admin-token');
  try {
    return { value: readFileSync(path, 'utf8').trim(), from: path };
  } catch (error) {
    throw new Error(
      `DAYBOOK_TOKEN is not set and ${path} cannot be read: ${(error as Error).message}; ` +
        "log in with 'daybook login <name>', or set DAYBOOK_TOKEN",
      { cause: error },
    );
  }
}

async function fetched(url: URL, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    throw new Error(
      `${url.origin} cannot be reached: ${reasonOf(error)}\n'npm start' starts a server, --url or DAYBOOK_URL names another one`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}
