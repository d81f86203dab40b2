import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '#platform';
import type { Logger } from '#platform';
import { fetchFromDebian } from './find/debian.js';
import { programVersion } from './find/program-version.js';
import { OFFICIAL_RELEASE, fetchRelease } from './find/release.js';
import { OLDEST_VERSION, isNewEnough } from './version.js';

export interface Search {
  /** The value of `DAYBOOK_NATS_SERVER`; null where it is not set. */
  readonly given: string | null;
  /** Folder that keeps a fetched program for the next start. */
  readonly cacheDir: string;
  readonly logger: Logger;
}

/** How to fetch a nats-server into an empty folder: what it is called and the path it returns. */
const SOURCES = [
  { name: `release ${OFFICIAL_RELEASE.version}`, fetch: (into: string) => fetchRelease(OFFICIAL_RELEASE, into) },
  { name: "Debian's package", fetch: fetchFromDebian },
];

/**
 * The path of a nats-server that is new enough: the one given, on the PATH, fetched before, or fetched now.
 * @throws when the given one is missing or too old, or when none can be had; the message says what to install.
 */
export async function findNatsServer({ given, cacheDir, logger }: Search): Promise<string> {
  if (given !== null) return checkGiven(given);
  const cached = join(cacheDir, 'nats-server');
  for (const path of [...onPath('nats-server'), cached]) {
    if (await runsHere(path)) return path;
  }

  const failures: string[] = [];
  for (const { name, fetch } of SOURCES) {
    const into = await mkdtemp(join(tmpdir(), 'daybook-nats-'));
    try {
      logger.info(`fetching nats-server: ${name}`);
      const fetched = await fetch(into);
      logger.info(`fetched nats-server ${await programVersion(fetched)}`);
      await mkdir(cacheDir, { recursive: true });
      await copyFile(fetched, `${cached}.${process.pid}`);
      await rename(`${cached}.${process.pid}`, cached);
      return cached;
    } catch (error) {
      const failure = `${name}: ${(error as Error).message}`;
      logger.info(`could not fetch nats-server: ${failure}`);
      failures.push(failure);
    } finally {
      await rm(into, { recursive: true, force: true });
    }
  }
  throw new Error(
    `no nats-server ${OLDEST_VERSION} or newer is on the PATH and none could be fetched (${failures.join('; ')}); ` +
      'install one from https://nats.io/download and set DAYBOOK_NATS_SERVER to its path',
  );
}

async function checkGiven(path: string): Promise<string> {
  const expected = `expected the path of a nats-server ${OLDEST_VERSION} or newer`;
  const version = await programVersion(path).catch((error: Error) => {
    throw new Error(`DAYBOOK_NATS_SERVER is '${path}', which cannot be run (${error.message}), ${expected}`);
  });
  if (!isNewEnough(version)) throw new Error(`DAYBOOK_NATS_SERVER is '${path}' of version ${version}, ${expected}`);
  return path;
}

const runsHere = (path: string) => programVersion(path).then(isNewEnough, () => false);
