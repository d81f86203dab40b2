import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onPath } from '#platform';
import { debianMirrors } from '../../libs/broker/find/debian.js';
import { openPrivateApt } from '../../libs/broker/find/private-apt.js';

const run = promisify(execFile);

/** Where sbin is not on a user's PATH it has the program all the same. */
const SEARCHED = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/** An OpenSSH server, and what it needs beside it. */
export interface OpenSsh {
  readonly sshd: string;
  /** Folders of libraries that this machine lacks. */
  readonly libraries: readonly string[];
  /** Programs that sshd starts, by its own name for the setting of their path. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The machine's own sshd, or else its distribution's package, fetched once and kept beside the npm packages. */
export async function findOpenSsh(): Promise<OpenSsh> {
  const [own] = onPath('sshd', SEARCHED);
  if (own !== undefined) return { sshd: own, libraries: [], settings: {} };
  const cache = resolve('node_modules/.cache/daybook');
  const kept = join(cache, 'openssh');
  if (!existsSync(kept)) {
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(join(cache, 'fetching-'));
    try {
      await fetchPackage('openssh-server', draft);
      // Another test may have been faster.
      await rename(join(draft, 'unpacked'), kept).catch((error: unknown) => {
        if (!existsSync(kept)) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const libraries = globSync(join(kept, '{usr/,}lib/*-linux-gnu*'));
  if (onPath('ssh').length === 0) useClient(join(kept, 'usr/bin'), libraries);
  const programs = { SshdSessionPath: 'sshd-session', SshdAuthPath: 'sshd-auth' };
  const there = Object.entries(programs).flatMap(([setting, name]) => {
    const path = join(kept, 'usr/lib/openssh', name);
    return existsSync(path) ? [[setting, path]] : [];
  });
  return {
    sshd: join(kept, 'usr/sbin/sshd'),
    libraries,
    settings: Object.fromEntries(there) as Record<string, string>,
  };
}

/** Puts the client that came with the server where all that a test starts finds it. */
function useClient(programs: string, libraries: readonly string[]): void {
  process.env['PATH'] = `${programs}:${process.env['PATH']}`;
  process.env['LD_LIBRARY_PATH'] = libraries.join(':');
}

/** Fetches a package and what this machine lacks for it, and unpacks them; nothing outside the folder is changed. */
async function fetchPackage(name: string, dir: string): Promise<void> {
  const aptGet = await openPrivateApt(dir, await debianMirrors());
  await aptGet('install', '--yes', '--download-only', '--no-install-recommends', name);
  await mkdir(join(dir, 'unpacked'));
  for (const deb of globSync(join(dir, 'cache/archives/*.deb'))) await run('dpkg', ['-x', deb, join(dir, 'unpacked')]);
}
