import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The text of a file that only its owner may read; null: there is none.
 * @throws Error when others may read it, or it is no regular file
 */
export function readPrivateFile(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile())
    throw new Error(`${path} is no regular file, expected one; remove it, or put the right one there`);
  const mode = found.mode & 0o777;
  if (mode & 0o077) {
    throw new Error(`${path} has mode ${mode.toString(8)}, expected 600, as only its owner may read it; chmod 600 it`);
  }
  return readFileSync(path, 'utf8');
}

/**
 * Replaces a file, in a folder that need not be there; only its owner may read it. Whenever this is interrupted, the
 * file is the old one or the new one; once it has returned, a power failure does not undo it. One writer at a time.
 */
export function writePrivateFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
