import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Time until the first byte of an answer; without a network the next source is wanted soon. */
const ANSWER_MS = 4_000;
const DOWNLOAD_MS = 120_000;

export interface Release {
  readonly version: string;
  /** Folder of all releases, one folder per version in it. */
  readonly url: string;
  /** SHA-256 of the tarball by `<platform>-<architecture>` in its file name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Digests as the Dockerfile of the official image has them. @see https://github.com/nats-io/nats-docker */
export const OFFICIAL_RELEASE: Release = {
  version: '2.15.0',
  url: 'https://github.com/nats-io/nats-server/releases/download',
  sha256: {
    'linux-amd64': '5d2c51caca950333aba84911df7d377f826f3a59ec36061c6539105084f65c92',
    'linux-arm64': 'cdc208f5a3f42963a52b6ab06ef65626bb870315dc936e26ba571780c6351112',
  },
};

/**
 * Downloads a release into a folder and unpacks it there.
 * @returns the path of the program.
 * @throws when there is no release for this platform, no network, or the digest differs.
 */
export async function fetchRelease({ version, url, sha256 }: Release, into: string): Promise<string> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const expected = sha256[platform];
  if (expected === undefined) throw new Error(`no release is known for ${platform}`);

  const name = `nats-server-v${version}-${platform}`;
  const bytes = await download(`${url}/v${version}/${name}.tar.gz`);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected) throw new Error(`${name}.tar.gz has the SHA-256 ${actual}, expected ${expected}`);

  const tarball = join(into, `${name}.tar.gz`);
  await writeFile(tarball, bytes);
  await run('tar', ['-xzf', tarball, '-C', into]);
  return join(into, name, 'nats-server');
}

async function download(url: string): Promise<Buffer> {
  const noAnswer = new AbortController();
  const timer = setTimeout(() => noAnswer.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([noAnswer.signal, AbortSignal.timeout(DOWNLOAD_MS)]) });
    clearTimeout(timer);
    if (!response.ok) throw new Error(`status ${response.status}, expected 200`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    // fetch() itself only says that it failed.
    const { message } = ((error as Error).cause ?? error) as Error;
    throw new Error(`${url} cannot be fetched: ${message}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
