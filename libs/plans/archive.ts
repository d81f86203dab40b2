import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Most bytes of an archive. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is in a folder, as a gzipped tar. @throws Error when it has more than 8 MiB */
export async function packFolder(path: string): Promise<Buffer> {
  const { stdout } = await run('tar', ['-C', path, '-czf', '-', '.'], { encoding: 'buffer', maxBuffer: MAX_BYTES });
  return stdout;
}

/** Writes what is in a gzipped tar into a folder. */
export async function unpackInto(path: string, archive: Uint8Array): Promise<void> {
  const unpacking = run('tar', ['-C', path, '-xzf', '-', '--no-same-owner', '--no-same-permissions']);
  unpacking.child.stdin!.end(archive);
  await unpacking;
}
