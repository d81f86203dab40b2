import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that can be shut: who comes then is let in, and hears nothing until it is opened again. */
export interface Gate {
  /** `host:port` */
  readonly host: string;
  /** Breaks off all connections; resolves when somebody waits before it. */
  shut(): Promise<void>;
  open(): void;
  close(): Promise<void>;
}

export async function openGate(to: string): Promise<Gate> {
  const [host, port] = to.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let waiting: Socket[] | null = null;

  const pass = (socket: Socket) => {
    const onward = connect(Number(port), host);
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => undefined).on('close', () => sockets.delete(each));
    }
    socket.pipe(onward).pipe(socket);
  };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (waiting) waiting.push(socket);
    else pass(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async shut() {
      waiting = [];
      const came = once(server, 'connection');
      for (const socket of sockets) socket.destroy();
      await came;
    },
    open() {
      waiting?.forEach(pass);
      waiting = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
