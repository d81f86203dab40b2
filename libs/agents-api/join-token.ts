import { createHash, randomBytes } from 'node:crypto';

/** A join token with what of it may be written down. */
export interface JoinToken {
  /** Of the invitation. */
  readonly id: string;
  /** The whole token; whoever holds it may join. */
  readonly text: string;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

const ID_BYTES = 12;
const SECRET_BYTES = 32;

export function newJoinToken(): JoinToken {
  const [id, secret] = [ID_BYTES, SECRET_BYTES].map((count) => randomBytes(count).toString('base64url'));
  return readJoinToken(`${id}.${secret}`)!;
}

/** Null: the text has not the form of a join token. */
export function readJoinToken(text: string): JoinToken | null {
  const id = /^([\w-]{16})\.[\w-]{43}$/.exec(text)?.[1];
  if (id === undefined) return null;
  return { id, text, digest: createHash('sha256').update(text).digest('hex') };
}
