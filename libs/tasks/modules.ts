import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '#platform';

/** Folder of the modules that come with Daybook. */
export const bundledModules = packageFolder('modules');

/** Entries of a folder in order of their names; none where the folder does not exist. */
export async function entries(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/** Whether reading it comes to an end: no folder, no FIFO, no device. */
export async function isRegularFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** The folder of a module: the first that has one of this name; null: none has. */
export async function findModule(path: readonly string[], module: string): Promise<string | null> {
  for (const folder of path) {
    const candidate = join(folder, module);
    if (await isFolder(candidate)) return candidate;
  }
  return null;
}
