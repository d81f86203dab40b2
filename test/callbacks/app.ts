import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '../../libs/platform/testing/until.js';

/** What an app was sent. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
}

/** An app that is called back: it notes what it is sent, and answers as it is told. */
export interface TestApp {
  readonly url: string;
  readonly received: readonly Received[];
  /** Status of its answers; null: it breaks the connection. Default: 200. */
  answer: (received: Received) => number | null | Promise<number | null>;
  untilReceived(count: number): Promise<void>;
  /** Nobody listens at its address any more. */
  kill(): Promise<void>;
  /** Listens again, where it listened before. */
  revive(): Promise<void>;
}

export async function startApp(): Promise<TestApp> {
  const received: Received[] = [];
  let server: Server;
  const listen = async (port: number) => {
    server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const call: Received = {
          method: request.method!,
          path: request.url!,
          headers: request.headers,
          body,
          atMs: Date.now(),
        };
        received.push(call);
        const status = await app.answer(call);
        if (status === null) response.destroy();
        else response.writeHead(status).end();
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const app: TestApp = {
    url: '',
    received,
    answer: () => 200,
    untilReceived: (count) => until(() => received.length >= count),
    async kill() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async revive() {
      await listen(port);
    },
  };
  const port = await listen(0);
  return Object.assign(app, { url: `http://127.0.0.1:${port}` });
}
