import { request } from 'undici';
import type { BenchServer } from './server.js';

/** Calls a path of the orchestrator API. @throws Error when it is not answered with success */
export async function call(
  { url, token }: Pick<BenchServer, 'url' | 'token'>,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const headers = { 'x-authentication': token, ...(body && { 'content-type': 'application/json' }) };
  const answer = await request(`${url}/orchestrator/v1/${path}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  if (answer.statusCode >= 300)
    throw new Error(`${path} was answered ${answer.statusCode}: ${await answer.body.text()}`);
  return answer.body.json();
}
