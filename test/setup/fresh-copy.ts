import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A folder with all that git knows of here, as it is now, and nothing else; installed and built. */
export interface FreshCopy {
  readonly path: string;
  remove(): void;
}

/** Packages and programs are those of this folder. */
export function freshCopy(): FreshCopy {
  const path = mkdtempSync(join(tmpdir(), 'daybook-copy-'));
  // Whoever owns this folder.
  const list = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { encoding: 'utf8' });
  for (const file of list.split('\0').filter((name) => name !== '' && existsSync(name))) cpSync(file, join(path, file));
  for (const made of ['node_modules', 'dist']) symlinkSync(resolve(made), join(path, made));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
