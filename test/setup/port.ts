import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Tests that run side by side choose among ports of their own. */
const FIRST = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 10) * 1000;

/**
 * A port on loopback that nobody listens on, below those that systems give to outgoing connections, so that none of
 * them holds it when its server is back.
 */
export async function choosePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, FIRST + 1000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
