import 'reflect-metadata';
import { readSettings } from '#platform';
import { startServer } from './server.js';

/** How long a server that stops may take. */
const STOP_MS = 10_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`daybook: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  const settings = readSettings(process.env);
  const server = await startServer(settings, say, fail);
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    server.stop().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  fail(error);
}
