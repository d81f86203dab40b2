import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '#platform';
import { KEY_BYTES } from './derive.js';

const FILE = 'secret-key';

/**
 * The keys that seal sensitive parameters, the newest first: `DAYBOOK_SECRET_KEY` (each 32 bytes in base64, separated
 * by commas), or else the lines of the file `secret-key` in the data directory, which is made when there is none.
 * @throws Error when one does not have 32 bytes, or others than its owner can read the file
 */
export function loadKeys(dataDir: string, given: string | null): readonly Uint8Array[] {
  if (given !== null) return decodeAll(given.split(','), 'DAYBOOK_SECRET_KEY', '');
  const path = join(dataDir, FILE);
  const text = readPrivateFile(path) ?? makeKey(path);
  const remedy = '; put the key back with which the log was written, or set DAYBOOK_SECRET_KEY to it';
  return decodeAll(text.trim().split('\n'), path, remedy);
}

/**
 * Puts a new key before those of the file; the next start of the server seals with it.
 * @throws Error when there is no such file, or others than its owner can read it
 */
export function addKey(dataDir: string): void {
  const path = join(dataDir, FILE);
  const text = readPrivateFile(path);
  if (text === null) throw new Error(`${path} does not exist, expected the file that a server made at its first start`);
  writePrivateFile(path, `${newKey()}\n${text}`);
}

function decodeAll(texts: readonly string[], source: string, remedy: string): readonly Uint8Array[] {
  return texts.map((text) => decode(text.trim(), source, remedy));
}

function decode(text: string, source: string, remedy: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/]{43}=?$/.test(text)) {
    throw new Error(`${source} holds ${key.length} bytes, expected ${KEY_BYTES} bytes in base64${remedy}`);
  }
  return key;
}

function makeKey(path: string): string {
  const text = `${newKey()}\n`;
  writePrivateFile(path, text);
  return text;
}

const newKey = () => randomBytes(KEY_BYTES).toString('base64');
