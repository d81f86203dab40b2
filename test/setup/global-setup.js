import { fileURLToPath } from 'node:url';
import { findNatsServer } from '../../dist/libs/broker/index.js';
import { createLogger } from '../../dist/libs/platform/index.js';

/** One nats-server for all tests: the one given, on the PATH, or fetched once and kept beside the packages. */
export default async function globalSetup() {
  const cacheDir = fileURLToPath(new URL('../../node_modules/.cache/daybook', import.meta.url));
  // What tests start again and again is compiled once.
  process.env.NODE_COMPILE_CACHE ??= `${cacheDir}/compiled`;
  process.env.DAYBOOK_NATS_SERVER = await findNatsServer({
    given: process.env.DAYBOOK_NATS_SERVER ?? null,
    cacheDir,
    logger: createLogger('test', 'info'),
  });
}
