import { readFileSync, writeFileSync } from 'node:fs';
import { createUser, fromSeed } from '@nats-io/nkeys';

/**
 * The public nkey whose private one a file holds as a seed; where there is no such file it is made.
 * @throws Error when the file holds no seed, or cannot be read or written
 */
export function keyIn(path: string): string {
  const seed = seedIn(path) ?? newSeed(path);
  try {
    return fromSeed(seed).getPublicKey();
  } catch {
    throw new Error(`${path} holds no seed of an nkey, expected one, or no file: then it is made`);
  }
}

function seedIn(path: string): Uint8Array | null {
  try {
    return new TextEncoder().encode(readFileSync(path, 'utf8').trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function newSeed(path: string): Uint8Array {
  const seed = createUser().getSeed();
  writeFileSync(path, `${new TextDecoder().decode(seed)}\n`, { mode: 0o600, flag: 'wx' });
  return seed;
}
