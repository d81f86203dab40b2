import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { TaskFile } from '#agent-protocol';

import { digest } from './dispatch.js';
import type { Dispatch } from './dispatch.js';
import { NotRunnable } from './not-runnable.js';

/** Files of tasks by their digest, fetched once. */
export interface FileCache {
  /** Places files below a folder, each able to be run. @throws NotRunnable when one cannot be had */
  install(files: readonly TaskFile[], folder: string): Promise<void>;
}

export function openFileCache(folder: string, dispatch: Pick<Dispatch, 'fetch'>): FileCache {
  const coming = new Map<string, Promise<Buffer>>();

  async function bytesOf(sha256: string): Promise<Buffer> {
    const path = join(folder, sha256);
    const kept = await readFile(path).catch(() => null);
    if (kept !== null && digest(kept) === sha256) return kept;
    const bytes = await dispatch.fetch(sha256);
    await writeFile(`${path}.new`, bytes, { mode: 0o600 });
    await rename(`${path}.new`, path);
    return bytes;
  }

  function once(sha256: string): Promise<Buffer> {
    const known = coming.get(sha256);
    if (known !== undefined) return known;
    const bytes = bytesOf(sha256).finally(() => coming.delete(sha256));
    coming.set(sha256, bytes);
    return bytes;
  }

  return {
    async install(files, target) {
      await rm(target, { recursive: true, force: true });
      for (const { path, sha256 } of files) {
        if (!isBelow(path) || !/^[0-9a-f]{64}$/.test(sha256)) {
          throw new NotRunnable(`A file of the task is '${path}', expected a path below its folder and a SHA-256`);
        }
        const place = join(target, path);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await writeFile(place, await once(sha256));
        await chmod(place, 0o700);
      }
    },
  };
}

function isBelow(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
