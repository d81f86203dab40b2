import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { onPath } from '#platform';

import { debianMirrors } from '../../libs/broker/find/debian.js';
import { openPrivateApt } from '../../libs/broker/find/private-apt.js';

const run = promisify(execFile);

/** Fetched once and kept beside the packages. */
const CACHE = resolve('node_modules/.cache/daybook');

/**
 * The folder of a real `puppet` and `facter`: of those on the PATH, fetched before, or fetched now as Debian's packages,
 * without root and without touching the system.
 * @throws Error when there is none and none can be had
 */
export async function puppetFolder(): Promise<string> {
  const kept = join(CACHE, 'puppet', 'bin');
  const present = onPath('facter').map((facter) => resolve(facter, '..'));
  for (const folder of [...present, kept]) if (await runsIn(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'puppet-'));
  try {
    await fetchInto(draft);
    // Another test may have been faster.
    await rename(draft, join(CACHE, 'puppet')).catch(() => undefined);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return kept;
}

const runsIn = (folder: string) =>
  run(join(folder, 'puppet'), ['--version']).then(
    () => true,
    () => false,
  );

/** Downloads what is not installed of the package and all that it needs. */
async function fetchInto(folder: string): Promise<void> {
  const apt = await mkdtemp(join(tmpdir(), 'daybook-puppet-'));
  try {
    const aptGet = await openPrivateApt(apt, await debianMirrors());
    await aptGet('install', '--yes', '--download-only', '--no-install-recommends', 'puppet-agent');
    const archives = join(apt, 'cache', 'archives');
    const packages = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
    for (const name of packages) await run('dpkg', ['-x', join(archives, name), folder]);
  } finally {
    await rm(apt, { recursive: true, force: true });
  }
  await mkdir(join(folder, 'bin'));
  for (const name of ['puppet', 'facter']) {
    const program = join(folder, 'bin', name);
    await writeFile(program, wrapper(name));
    await chmod(program, 0o755);
    await run(program, ['--version']);
  }
}

/** Runs a program of the packages from where they were unpacked, beside what the machine has of Ruby. */
const wrapper = (name: string) => `#!/bin/sh
root=$(cd "$(dirname "$0")/.." && pwd)
list() { (IFS=:; echo "$*"); }
export LD_LIBRARY_PATH=$(list "$root"/usr/lib/*-linux-*)
export RUBYLIB=$(list "$root"/usr/lib/ruby/vendor_ruby "$root"/usr/lib/ruby/[0-9]* \\
  "$root"/usr/lib/*-linux-*/ruby/[0-9]* "$root"/usr/lib/*-linux-*/ruby/vendor_ruby/[0-9]*)
export GEM_PATH=$(list "$root"/usr/share/rubygems-integration/* "$root"/usr/lib/*-linux-*/rubygems-integration/* \\
  /usr/share/rubygems-integration/*)
ruby="$root/usr/bin/ruby"
[ -x "$ruby" ] || ruby=ruby
exec "$ruby" "$root/usr/bin/${name}" "$@"
`;
