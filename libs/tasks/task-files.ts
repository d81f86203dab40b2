import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { digestOf } from './digests.js';
import { InvalidMetadata } from './metadata.js';
import { findModule, isFolder, isRegularFile } from './modules.js';
import type { SourceFile } from './task.js';

/** Describes one file, to be placed at `path` below the install folder. @throws InvalidMetadata when it is none */
export async function sourceFile(path: string, source: string): Promise<SourceFile> {
  if (!(await isRegularFile(source))) throw new InvalidMetadata(`${path} is missing or no regular file, expected one`);
  return { path, source, ...(await digestOf(source)) };
}

/**
 * The files that an entry of `files` names: one file, or with a slash at its end all below a folder.
 * @throws InvalidMetadata when it has another form or names nothing
 */
export async function listedFiles(modulePath: readonly string[], entry: string): Promise<SourceFile[]> {
  const [, module, path] = /^([a-z][a-z0-9_]*)\/((?:files|tasks|lib)\/[^\0]*)$/.exec(entry) ?? [];
  if (module === undefined || path === undefined || path.split('/').includes('..')) {
    throw new InvalidMetadata(`files has '${entry}', expected <module>/files/…, <module>/tasks/… or <module>/lib/…`);
  }
  const folder = await findModule(modulePath, module);
  const source = folder === null ? null : join(folder, path);
  const isListedAsFolder = path.endsWith('/');
  if (source === null || !(await (isListedAsFolder ? isFolder(source) : isRegularFile(source)))) {
    throw new InvalidMetadata(`files has '${entry}', expected ${isListedAsFolder ? 'a folder' : 'a file'} that exists`);
  }
  if (!isListedAsFolder) return [await sourceFile(entry, source)];
  const below = await readdir(source, { recursive: true, withFileTypes: true });
  return Promise.all(
    below
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .sort()
      .map((file) => sourceFile(`${module}/${path}${file.slice(source.length).split(sep).join('/')}`, file)),
  );
}
