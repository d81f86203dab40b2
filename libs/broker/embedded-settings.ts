import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writePrivateFile } from '#platform';

/** What stays the same over all starts of an embedded nats-server. */
export interface EmbeddedSettings {
  readonly port: number;
  readonly passwords: {
    readonly daybook: string;
    /** With it an agent joins that can read it, and so stands on this machine and is the operator's. */
    readonly agent: string;
  };
}

/** Below the ports that systems give to outgoing connections, so that none of those holds ours when we come back. */
const PORTS = { from: 20_000, to: 30_000 };
const PORT_WAIT_MS = 5_000;

/**
 * Reads the settings from their file, or makes them at the first start.
 * @throws Error when the file holds something else; the message does not show it, as it may hold passwords
 */
export async function embeddedSettings(dir: string): Promise<EmbeddedSettings> {
  const path = join(dir, 'embedded.json');
  const found = read(path);
  if (found !== null) return found;
  const settings = { port: await choosePort(), passwords: { daybook: password(), agent: password() } };
  writePrivateFile(path, JSON.stringify(settings, null, 2));
  return settings;
}

function read(path: string): EmbeddedSettings | null {
  let problem: string;
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isSettings(settings)) return settings;
    problem = 'has no port, or not both passwords';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    problem = code === undefined ? 'is not JSON' : `cannot be read (${code})`;
  }
  throw new Error(
    `${path} ${problem}, expected port and passwords of the embedded nats-server; ` +
      'put it back, or remove it: the next start makes a new one, agents that were started by hand are to be started again',
  );
}

function isSettings(json: unknown): json is EmbeddedSettings {
  const { port, passwords } = (json ?? {}) as Partial<EmbeddedSettings>;
  return (
    Number.isInteger(port) &&
    port! > 0 &&
    port! < 65_536 &&
    [passwords?.daybook, passwords?.agent].every((each) => typeof each === 'string' && each !== '')
  );
}

/**
 * Returns once nobody listens on the port; whoever had it may be about to leave.
 * @throws when it is still taken after 5 s.
 */
export async function waitForPort(port: number, host: string): Promise<void> {
  for (const until = performance.now() + PORT_WAIT_MS; !(await isFree(port, host)); await delay(50)) {
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

async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

const password = () => randomBytes(24).toString('base64url');
