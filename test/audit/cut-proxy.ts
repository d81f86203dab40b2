import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The way to a server that breaks off after so many bytes of what the server says. */
export async function openCutProxy(to: string, afterBytes: number): Promise<{ url: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(to);
  const server = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    const end = () => {
      socket.destroy();
      onward.destroy();
    };
    let left = afterBytes;
    for (const each of [socket, onward]) each.on('error', end).on('close', end);
    socket.pipe(onward);
    onward.on('data', (bytes: Buffer) => {
      const passed = bytes.subarray(0, left);
      left -= passed.length;
      socket.write(passed, () => left === 0 && end());
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await once(server.close(), 'close');
    },
  };
}
