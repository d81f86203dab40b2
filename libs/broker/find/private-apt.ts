import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AptSource } from './apt-sources.js';

const run = promisify(execFile);

/** Runs `apt-get` with some arguments; what it downloads by name comes into the folder. */
export type AptGet = (...args: readonly string[]) => Promise<unknown>;

/**
 * Sets apt up in a folder with sources of its own, and fetches their lists. It trusts the keys that the machine's apt
 * trusts, knows what is installed, needs no root and changes nothing outside that folder.
 * @throws Error when this machine has no apt, or a source cannot be had
 */
export async function openPrivateApt(dir: string, sources: readonly AptSource[]): Promise<AptGet> {
  await Promise.all(
    ['lists/partial', 'cache/archives/partial', 'sources'].map((d) => mkdir(join(dir, d), { recursive: true })),
  );
  const config = join(dir, 'apt.conf');
  await writeFile(config, aptConfig(dir));
  await writeFile(join(dir, 'sources', 'private.sources'), sources.map(aptSource).join('\n'));
  const aptGet = (...args: readonly string[]) =>
    run('apt-get', ['-q', '-c', config, ...args], { cwd: dir, timeout: 120_000, env: { ...process.env, LC_ALL: 'C' } });
  await aptGet('update');
  return aptGet;
}

/**
 * A file given by -c is read after the machine's own, so proxies stay and hooks that touch the system can be cleared.
 * As root apt would download as another user, who cannot enter our folder. Nobody else works in it, and the locks of
 * the machine's own are for root only.
 */
const aptConfig = (dir: string) => `
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "${dir}/sources";
Dir::State::Lists "${dir}/lists";
Dir::Cache "${dir}/cache";
APT::Sandbox::User "root";
Debug::NoLocking "true";
APT::Update::Error-Mode "any";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
`;

const aptSource = ({ uri, suites, components, signedBy }: AptSource) =>
  `Types: deb\nURIs: ${uri}\nSuites: ${suites.join(' ')}\nComponents: ${components.join(' ')}\n${signedBy === null ? '' : `Signed-By: ${signedBy}\n`}`;

/** The first error that a failed program printed says more than that it failed. */
export function complaint(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return /^E: (.*)$/m.exec(stderr ?? '')?.[1] ?? message;
}
