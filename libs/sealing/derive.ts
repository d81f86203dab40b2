import { hkdfSync } from 'node:crypto';

/** Bytes of the secret key, and of each key that is made of it. */
export const KEY_BYTES = 32;

/** A key for one purpose, from the secret key. */
export const derive = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `daybook ${purpose}`, KEY_BYTES));
