import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Json } from '#domain';
import { derive, KEY_BYTES } from './derive.js';

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
  /** @throws CannotOpen when the envelope is not one that `seal` made with one of the keys, command id and name */
  open(commandId: string, name: string, envelope: string): Json;
  /** Whether an older key than the newest sealed it. */
  isOutdated(envelope: string): boolean;
  /** One for each key, the newest first; equal for equal keys, and tells nothing about the key. */
  readonly keyChecks: readonly string[];
  /** HMAC-SHA-256 over parts and their lengths, in base64url; the same for as long as the oldest key is there. */
  readonly digest: (...parts: readonly (string | Uint8Array)[]) => string;
}

const boundTo = (commandId: string, name: string) => Buffer.from(JSON.stringify([commandId, name]));

interface Key {
  readonly id: string;
  readonly check: string;
  readonly sealing: Buffer;
  readonly digest: Buffer;
}

/** @throws RangeError when the key does not have 32 bytes */
function deriveFrom(key: Uint8Array): Key {
  if (key.length !== KEY_BYTES) throw new RangeError(`the secret key has ${key.length} bytes, expected ${KEY_BYTES}`);
  const check = derive(key, 'check').toString('base64url');
  return {
    id: check.slice(0, KEY_ID_CHARACTERS),
    check,
    sealing: derive(key, 'sealing'),
    digest: derive(key, 'digest'),
  };
}

/**
 * Seals with the newest key, and opens what any of them sealed.
 * @param secrets at least one key, the newest first
 * @throws RangeError when one of them does not have 32 bytes
 */
export function createSealer(secrets: readonly Uint8Array[]): Sealer {
  const keys = secrets.map(deriveFrom);
  const [newest] = keys as [Key];
  const oldest = keys.at(-1)!;

  return {
    seal(commandId, name, value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.sealing, nonce).setAAD(boundTo(commandId, name));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
      return `v1.${newest.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
    },
    open(commandId, name, envelope) {
      const [version, sealedWith, nonce = '', sealed = ''] = envelope.split('.');
      if (version !== 'v1') throw new CannotOpen(`the sealed ${name} has version ${version}, expected v1`);
      const key = keys.find(({ id }) => id === sealedWith);
      if (!key) {
        const known = keys.map(({ id }) => id).join(', ');
        throw new CannotOpen(`the sealed ${name} needs key ${sealedWith}, the keys here are ${known}`);
      }
      const bytes = Buffer.from(sealed, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.sealing, Buffer.from(nonce, 'base64url'), {
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
    isOutdated: (envelope) => envelope.split('.')[1] !== newest.id,
    keyChecks: keys.map(({ check }) => check),
    digest(...parts) {
      const hmac = createHmac('sha256', oldest.digest);
      for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
      return hmac.digest('base64url');
    },
  };
}
