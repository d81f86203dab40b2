import { join } from 'node:path';
import { readPrivateFile, SETTINGS } from '#platform';

/** A server, seen by whoever has a token for it. */
export interface Api {
  /**
   * Gives the JSON of the answer, or `null` where it has no body.
   * @throws Error with what the server says is wrong
   */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'http://127.0.0.1:8143';

/** @throws Error when there is no token */
export function apiOf(env: Environment): Api {
  const url = env['DAYBOOK_URL'] || DEFAULT_URL;
  const token = env['DAYBOOK_TOKEN'] || adminTokenOf(env['DAYBOOK_DATA_DIR'] || SETTINGS.DAYBOOK_DATA_DIR.fallback);
  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { 'x-authentication': token, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        const { cause, message } = error as Error;
        throw new Error(`${url} cannot be reached: ${cause instanceof Error ? cause.message : message}`);
      });
      const text = await response.text();
      if (!response.ok) throw new Error(messageOf(text, response.status));
      return (text === '' ? null : JSON.parse(text)) as T;
    },
  };
}

function adminTokenOf(dataDir: string): string {
  const path = join(dataDir, 'admin-token');
  const token = readPrivateFile(path)?.trim();
  if (token) return token;
  throw new Error(`there is no token in DAYBOOK_TOKEN and none in ${path}, expected one`);
}

function messageOf(text: string, status: number): string {
  try {
    const { kind, msg } = JSON.parse(text) as { kind: string; msg: string };
    return `${msg} (${status} ${kind})`;
  } catch {
    return `the server answered ${status}: ${text.slice(0, 200)}`;
  }
}
