import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_BYTES } from './sealer.js';

const FILE = 'secret-key';

function decode(text: string, source: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/]{43}=?$/.test(text.trim())) {
    throw new Error(`${source} holds ${key.length} bytes, expected ${KEY_BYTES} bytes in base64`);
  }
  return key;
}

function createFile(path: string): void {
  try {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * The key that seals sensitive parameters: `DAYBOOK_SECRET_KEY` (32 bytes in base64), or else the file `secret-key` in
 * the data directory, which is made when there is none.
 * @throws Error when it does not have 32 bytes, or others than its owner can read the file
 */
export function loadKey(dataDir: string, env: Readonly<Record<string, string | undefined>>): Uint8Array {
  const given = env['DAYBOOK_SECRET_KEY'];
  if (given) return decode(given, 'DAYBOOK_SECRET_KEY');
  const path = join(dataDir, FILE);
  createFile(path);
  const mode = statSync(path).mode & 0o777;
  if (mode & 0o077) throw new Error(`${path} has mode ${mode.toString(8)}, expected 600: only its owner may read it`);
  return decode(readFileSync(path, 'utf8'), path);
}
