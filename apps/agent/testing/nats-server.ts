import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A nats-server of a test's own that can be taken away and brought back on the same port. */
export class NatsServer {
  #process: ChildProcess | null = null;

  private constructor(readonly port: number) {}

  static async start(): Promise<NatsServer> {
    const server = new NatsServer(await freePort());
    server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  start(): void {
    const args = ['-a', '127.0.0.1', '-p', String(this.port)];
    this.#process = spawn(process.env['DAYBOOK_NATS_SERVER']!, args, { stdio: 'ignore' });
  }

  async kill(): Promise<void> {
    const child = this.#process!;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
