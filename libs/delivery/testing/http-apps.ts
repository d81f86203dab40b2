import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '../../platform/testing/until.js';

/** A request as an app has got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpApp {
  readonly url: string;
  readonly port: number;
  /** That have come as a whole. */
  readonly got: Got[];
  /** What it does with a request; at first it answers 200. */
  answer: (response: ServerResponse, got: Got) => void;
  untilGot(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** A real HTTP server as an app; @param port 0: any */
export async function startApp(port = 0): Promise<HttpApp> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one: Got = { method: request.method!, path: request.url!, headers: request.headers, body };
      got.push(one);
      app.answer(response, one);
    }, ignore);
  });
  await listen(server, port);
  const app: HttpApp = {
    port: portOf(server),
    url: `http://127.0.0.1:${portOf(server)}`,
    got,
    answer: (response) => void response.end(),
    untilGot: (count) => until(() => got.length >= count),
    async stop() {
      server.closeAllConnections();
      await close(server);
    },
  };
  return app;
}

/** Answers that an app keeps back. */
export function holdAnswers(app: HttpApp) {
  const held: ServerResponse[] = [];
  app.answer = (response) => void held.push(response);
  return {
    held,
    /** Answers the first so many with 200. */
    release: (count: number) => held.splice(0, count).forEach((response) => response.end()),
  };
}

export const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

/** What comes over one connection, and the connection. */
type OnData = (socket: Socket, request: { readonly connection: number; readonly nth: number }) => void;

export interface TcpApp {
  readonly url: string;
  readonly port: number;
  /** Run id, number of the connection and number of the request on it, each from 1. */
  readonly got: { readonly runId: string; readonly connection: number; readonly nth: number }[];
  untilGot(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** A server that does with connections as a test wants: each request is small enough to come in one piece. */
export async function startTcpApp(onRequest: OnData, onConnection: (socket: Socket) => void = ignore, port = 0) {
  const got: TcpApp['got'] = [];
  const open = new Set<Socket>();
  let connection = 0;
  const server = createTcpServer((socket) => {
    const mine = ++connection;
    let nth = 0;
    open.add(socket.on('error', ignore).on('close', () => open.delete(socket)));
    socket.on('data', (data) => {
      nth++;
      got.push({ runId: /daybook-run-id: (.*)\r\n/.exec(String(data))?.[1] ?? '', connection: mine, nth });
      onRequest(socket, { connection: mine, nth });
    });
    onConnection(socket);
  });
  await listen(server, port);
  const app: TcpApp = {
    port: portOf(server),
    url: `http://127.0.0.1:${portOf(server)}`,
    got,
    untilGot: (count) => until(() => got.length >= count),
    async stop() {
      open.forEach((socket) => socket.destroy());
      await close(server);
    },
  };
  return app;
}

const ignore = () => {};

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}
