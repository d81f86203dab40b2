import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { derive } from './derive.js';

/** PKCS #8 in DER of an Ed25519 private key, up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs with Ed25519. */
export interface Signer {
  /** SPKI in DER, in base64. */
  readonly publicKey: string;
  /** The signature over a text, in base64. */
  readonly sign: (text: string) => string;
}

/** A signer whose key follows from the secret key: the same on all servers that share it. */
export function createSigner(secretKey: Uint8Array): Signer {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, derive(secretKey, 'signing')]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}
