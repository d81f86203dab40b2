import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAptSources } from './apt-sources.js';
import type { AptSource } from './apt-sources.js';
import { complaint, openPrivateApt } from './private-apt.js';
import { programVersion } from './program-version.js';
import { isNewEnough } from '../version.js';

const run = promisify(execFile);

/** Suites whose nats-server is new enough, newest first. */
const SUITES = ['sid', 'forky', 'trixie'];
/** Names that Debian's own archive has whatever the release of the machine. */
const DEBIAN_SUITES = ['stable', 'testing', 'unstable', ...SUITES];

/**
 * Fetches Debian's package from the mirror that this machine's apt is set up with, checked with the keys that its apt
 * trusts, and unpacks it into a folder. Needs no root and changes nothing outside that folder.
 * @returns the path of the program.
 * @throws when this machine has no apt or no Debian mirror, or no suite has a package that runs here.
 */
export async function fetchFromDebian(into: string): Promise<string> {
  const mirrors = await debianMirrors();
  if (mirrors.length === 0) throw new Error('apt is not set up with a Debian mirror here');
  const failures: string[] = [];
  for (const suite of SUITES) {
    for (const [index, mirror] of mirrors.entries()) {
      try {
        return await fetchSuite(mirror, suite, join(into, `${suite}-${index}`));
      } catch (error) {
        failures.push(`${suite}: ${complaint(error)}`);
      }
    }
  }
  throw new Error(failures.join('; '));
}

/** The mirrors of Debian, or of what is made of it, that this machine's apt is set up with. */
export async function debianMirrors(): Promise<AptSource[]> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME="?([\w-]+)/m.exec(release)?.[1];
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const files = ['sources.list', ...parts.sort().map((name) => `sources.list.d/${name}`)];
  const texts = files
    .filter((name) => /\.(list|sources)$/.test(name))
    .map(async (name) => {
      const text = await readFile(join('/etc/apt', name), 'utf8').catch(() => '');
      return parseAptSources(text, name);
    });
  const sources = (await Promise.all(texts)).flat();
  const ofDebian = sources.filter(
    ({ suites, components }) =>
      components.includes('main') && suites.some((suite) => suite === codename || DEBIAN_SUITES.includes(suite)),
  );
  return [...new Map(ofDebian.map((source) => [source.uri, source])).values()];
}

async function fetchSuite(mirror: AptSource, suite: string, dir: string): Promise<string> {
  await mkdir(dir);
  const aptGet = await openPrivateApt(dir, [{ ...mirror, suites: [suite], components: ['main'] }]);
  await aptGet('download', 'nats-server');
  const deb = (await readdir(dir)).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error('apt-get downloaded no package');
  await run('dpkg', ['-x', join(dir, deb), join(dir, 'package')]);

  const program = join(dir, 'package', 'usr', 'sbin', 'nats-server');
  const version = await programVersion(program);
  if (!isNewEnough(version)) throw new Error(`the package has version ${version}`);
  return program;
}
