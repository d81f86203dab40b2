import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All bytes of all files below a folder, a character each. What goes meanwhile is not kept. */
export function keptBelow(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => {
    try {
      return readFileSync(join(parentPath, name), 'latin1');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  });
  return texts.join('\n');
}
