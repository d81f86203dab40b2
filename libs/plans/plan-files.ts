import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { packFolder } from './archive.js';

/** Most bytes of a file that a plan brings to a node. */
const MAX_BYTES = 8 * 1024 * 1024;

/** A file, or folder, that a plan names cannot be had. */
export class NoSuchFile extends Error {
  override readonly name = 'NoSuchFile';
}

/**
 * Where a file is that a plan names: `module/path` stands for `files/path`, or `scripts/path`, in the first module of
 * that name along a path; an absolute path for itself.
 * @throws NoSuchFile
 */
export async function planFile(name: string, modulePath: readonly string[]): Promise<string> {
  if (isAbsolute(name)) return name;
  const [module, ...rest] = normalize(name).split('/');
  if (module === '..' || rest.length === 0) throw new NoSuchFile(`file is '${name}', expected <module>/<path>`);
  for (const folder of modulePath) {
    for (const kind of ['files', 'scripts']) {
      const path = join(folder, module!, kind, ...rest.slice(rest[0] === kind ? 1 : 0));
      if (await stat(path).catch(() => null)) return path;
    }
  }
  throw new NoSuchFile(`file is '${name}', expected one in the folder files or scripts of module ${module!}`);
}

export interface FileContent {
  /** The bytes of the file, or the folder as a gzipped tar. */
  readonly base64: string;
  /** Permission bits. */
  readonly mode: number;
  readonly isFolder: boolean;
}

/** @throws NoSuchFile when it cannot be read, is neither file nor folder, or has more than 8 MiB */
export async function readPlanFile(path: string): Promise<FileContent> {
  try {
    const found = await stat(path);
    const isFolder = found.isDirectory();
    if (!isFolder && !found.isFile()) throw new Error('it is neither a file nor a folder');
    if (found.size > MAX_BYTES) throw new Error(`it has ${found.size} bytes, more than ${MAX_BYTES}`);
    const bytes = isFolder ? await packFolder(path) : await readFile(path);
    return { base64: bytes.toString('base64'), mode: found.mode & 0o7777, isFolder };
  } catch (error) {
    throw new NoSuchFile(`file is '${path}', expected one that can be read: ${(error as Error).message}`);
  }
}
