import { readdirSync, readFileSync } from 'node:fs';
import { identify } from '#platform';
import type { ProcessIdentity } from '#platform';

/** Running processes whose command line or environment holds a text. Linux only. */
export function processesNaming(text: string): ProcessIdentity[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => Number(pid) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes(text) || read(`/proc/${pid}/environ`).includes(text))
    .map((pid) => identify(Number(pid)))
    .filter((found) => found !== null);
}
