import { createPublicKey, verify } from 'node:crypto';
import { createSigner } from './signer.js';

const secret = (byte: number) => new Uint8Array(32).fill(byte);

describe('a signer', () => {
  it('is the same for the same secret key, and another one for another', () => {
    expect(createSigner(secret(1)).publicKey).toBe(createSigner(secret(1)).publicKey);
    expect(createSigner(secret(1)).publicKey).not.toBe(createSigner(secret(2)).publicKey);
  });

  it('makes signatures that its public key verifies, as what stands in a PEM file', () => {
    const { publicKey, sign } = createSigner(secret(1));
    const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`);
    expect(key.asymmetricKeyType).toBe('ed25519');
    expect(verify(null, Buffer.from('text'), key, Buffer.from(sign('text'), 'base64'))).toBe(true);
    expect(verify(null, Buffer.from('texT'), key, Buffer.from(sign('text'), 'base64'))).toBe(false);
  });
});
