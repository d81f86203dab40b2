import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { Turns } from './turns.js';

/**
 * About 0.3 s and 32 MB of one processor for a guess.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, scrypt
 */
const COST = 'ln=15,r=8,p=3';

const HASH_BYTES = 32;

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** Of this process: however many ask, it costs one processor and the memory of one. */
const turns = new Turns();

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** The beginning of a hash in the PHC string format: how it is made, with a salt of its own. */
export const newSalt = () => `$scrypt$${COST}$${base64(randomBytes(16))}$`;

/**
 * The whole hash of a password that begins like this; the same beginning and password make the same.
 * @throws NotAccepted when too many are to be hashed
 */
export async function hashPassword(password: string, salt: string): Promise<string> {
  const [, , cost, text] = salt.split('$') as [string, string, string, string];
  const { ln, r, p } = Object.fromEntries(cost.split(',').map((pair) => pair.split('='))) as Record<string, string>;
  const N = 2 ** Number(ln);
  const options = { N, r: Number(r), p: Number(p), maxmem: 256 * N * Number(r) };
  const bytes = await turns.take(() => derive(password, Buffer.from(text, 'base64'), HASH_BYTES, options));
  return salt + base64(bytes);
}
