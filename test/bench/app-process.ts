import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runAsHelper } from './helper-process.js';

export interface AppArgs {
  /** How many different runs make one result. */
  readonly count: number;
}

/** Its address comes first, then when it had received all of them, in milliseconds since the epoch. */
export type AppResult = { readonly url: string } | { readonly lastMs: number };

/** An app that takes whatever it is sent. */
await runAsHelper<AppArgs, AppResult>(async function* ({ count }, ready) {
  const runs = new Set<string>();
  const all = Promise.withResolvers<number>();
  const server = createServer((request, response) => {
    runs.add(String(request.headers['daybook-run-id']));
    if (runs.size === count) all.resolve(Date.now());
    request.resume();
    response.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ready();
  yield { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  yield { lastMs: await all.promise };
});
