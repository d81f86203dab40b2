import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The way from a test to the tasks that it runs: a task waits until a file is there, or leaves one behind. */
export interface Folder {
  path(name: string): string;
  write(name: string): void;
  read(name: string): string;
  has(name: string): boolean;
  remove(): void;
}

export function newFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-tasks-'));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write: (name) => writeFileSync(path(name), ''),
    read: (name) => readFileSync(path(name), 'utf8'),
    has: (name) => existsSync(path(name)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
