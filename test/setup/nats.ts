import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A nats-server with JetStream that somebody else runs, on a port that it chooses itself. */
export interface OutsideNats {
  /** `host:port`, without the login `ops` with the password `p@ss`. */
  readonly host: string;
  /** As NATS_URL has it. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startNats(): Promise<OutsideNats> {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-nats-'));
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    `listen: "127.0.0.1:-1"
     jetstream { store_dir: ${JSON.stringify(join(folder, 'store'))} }
     authorization { user: ops, password: "p@ss" }`,
  );
  const child = spawn(process.env['DAYBOOK_NATS_SERVER']!, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let port = '';
  const lines = createInterface(child.stderr);
  for await (const line of lines) {
    port = /Listening for client connections on .*:(\d+)/.exec(line)?.[1] ?? port;
    if (line.includes('Server is ready')) break;
  }
  child.stderr.resume();
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `nats://ops:p%40ss@${host}`,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
