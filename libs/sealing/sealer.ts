import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Json } from '#domain';

/** Bytes of the secret key. */
export const KEY_BYTES = 32;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_CHARACTERS = 8;

/** A sealed value cannot be opened: another key sealed it, it belongs elsewhere, or it was changed. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/** Keeps the values of sensitive parameters from everyone without the secret key. */
export interface Sealer {
  /** Encrypts a value for one parameter of one command: `v1.<key id>.<nonce>.<ciphertext and tag>`, in base64url. */
  seal(commandId: string, name: string, value: Json): string;
  /** @throws CannotOpen when the envelope is not one that `seal` made with this key, command id and name */
  open(commandId: string, name: string, envelope: string): Json;
  /** Equal for equal keys; tells nothing about the key. */
  keyCheck(): string;
  /** HMAC-SHA-256 over parts and their lengths, in base64url. */
  readonly digest: (...parts: readonly (string | Uint8Array)[]) => string;
}

const boundTo = (commandId: string, name: string) => Buffer.from(JSON.stringify([commandId, name]));

/** @throws RangeError when the key does not have 32 bytes */
export function createSealer(key: Uint8Array): Sealer {
  if (key.length !== KEY_BYTES) throw new RangeError(`the secret key has ${key.length} bytes, expected ${KEY_BYTES}`);
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `daybook ${purpose}`, KEY_BYTES));
  const sealingKey = derive('sealing');
  const digestKey = derive('digest');
  const check = derive('check').toString('base64url');
  const keyId = check.slice(0, KEY_ID_CHARACTERS);

  return {
    seal(commandId, name, value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(boundTo(commandId, name));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
      return `v1.${keyId}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
    },
    open(commandId, name, envelope) {
      const [version, sealedWith, nonce = '', sealed = ''] = envelope.split('.');
      if (version !== 'v1') throw new CannotOpen(`the sealed ${name} has version ${version}, expected v1`);
      if (sealedWith !== keyId)
        throw new CannotOpen(`the sealed ${name} needs key ${sealedWith}, the key here is ${keyId}`);
      const bytes = Buffer.from(sealed, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealingKey, Buffer.from(nonce, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(boundTo(commandId, name)).setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
        return JSON.parse(text.toString()) as Json;
      } catch (cause) {
        throw new CannotOpen(`the sealed ${name} was changed or belongs to another command than ${commandId}`, {
          cause,
        });
      }
    },
    keyCheck: () => check,
    digest(...parts) {
      const hmac = createHmac('sha256', digestKey);
      for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
      return hmac.digest('base64url');
    },
  };
}
