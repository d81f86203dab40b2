import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writePrivateFile } from './address.js';

/** What stays the same over all starts of an embedded nats-server. */
export interface EmbeddedSettings {
  readonly port: number;
  readonly passwords: { readonly daybook: string; readonly agent: string };
}

/** Below the ports that systems give to outgoing connections, so that none of those holds ours when we come back. */
const PORTS = { from: 20_000, to: 30_000 };
const PORT_WAIT_MS = 5_000;

/** Reads the settings from their file, or makes them at the first start. */
export async function embeddedSettings(dir: string): Promise<EmbeddedSettings> {
  const path = join(dir, 'embedded.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EmbeddedSettings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const settings = { port: await choosePort(), passwords: { daybook: password(), agent: password() } };
  writePrivateFile(path, JSON.stringify(settings, null, 2));
  return settings;
}

/**
 * Returns once nobody listens on the port; whoever had it may be about to leave.
 * @throws when it is still taken after 5 s.
 */
export async function waitForPort(port: number): Promise<void> {
  for (const until = performance.now() + PORT_WAIT_MS; !(await isFree(port)); await delay(50)) {
    if (performance.now() > until) {
      throw new Error(`port ${port} of the embedded nats-server is taken by another process, expected it to be free`);
    }
  }
}

async function choosePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

const password = () => randomBytes(24).toString('base64url');
