import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '#platform';
import { KEY_BYTES } from './sealer.js';

const FILE = 'secret-key';

/**
 * The key that seals sensitive parameters: `DAYBOOK_SECRET_KEY` (32 bytes in base64), or else the file `secret-key` in
 * the data directory, which is made when there is none.
 * @throws Error when it does not have 32 bytes, or others than its owner can read the file
 */
export function loadKey(dataDir: string, env: Readonly<Record<string, string | undefined>>): Uint8Array {
  const given = env['DAYBOOK_SECRET_KEY'];
  if (given) return decode(given, 'DAYBOOK_SECRET_KEY', '');
  const path = join(dataDir, FILE);
  const text = readPrivateFile(path) ?? makeKey(path);
  return decode(text, path, '; put the key back with which the log was written, or set DAYBOOK_SECRET_KEY to it');
}

function decode(text: string, source: string, remedy: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/]{43}=?$/.test(text.trim())) {
    throw new Error(`${source} holds ${key.length} bytes, expected ${KEY_BYTES} bytes in base64${remedy}`);
  }
  return key;
}

function makeKey(path: string): string {
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  writePrivateFile(path, text);
  return text;
}
