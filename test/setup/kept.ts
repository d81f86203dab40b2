import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All bytes of all files below a folder, a character each. What goes meanwhile is not kept. */
export function keptBelow(dir: string): string {
  const entries = ifThere(() => readdirSync(dir, { withFileTypes: true })) ?? [];
  const texts = entries.map((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return keptBelow(path);
    return entry.isFile() ? (ifThere(() => readFileSync(path, 'latin1')) ?? '') : '';
  });
  return texts.join('\n');
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
