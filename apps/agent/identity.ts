import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createUser, fromSeed } from '@nats-io/nkeys';

import type { BrokerAddress } from '#broker';
import { readPrivateFile, writePrivateFile } from '#platform';

/** Where an agent was told to connect when it joined. */
export type Route = Pick<BrokerAddress, 'servers' | 'tls' | 'inboxPrefix'>;

/** The key pair of an agent, and what it has joined with it. */
export interface Identity {
  /** Of an nkey; it never leaves the machine. */
  readonly seed: string;
  readonly joined: {
    readonly route: Route;
    /** SHA-256 of the join token in hexadecimal. */
    readonly tokenDigest: string;
  } | null;
}

const pathIn = (folder: string) => join(folder, 'identity.json');

/**
 * The identity that is kept in an agent's folder, or a new one.
 * @throws Error when the file in the folder is none, or others than its owner can read it
 */
export function openIdentity(folder: string): Identity {
  const text = readPrivateFile(pathIn(folder));
  return text === null ? newIdentity(folder) : parse(text, pathIn(folder));
}

/** Makes another key pair in the place of the one that is kept. */
export function newIdentity(folder: string): Identity {
  return keep(folder, { seed: new TextDecoder().decode(createUser().getSeed()), joined: null });
}

export function keep(folder: string, identity: Identity): Identity {
  writePrivateFile(pathIn(folder), JSON.stringify(identity, null, 2));
  return identity;
}

export const publicKeyOf = ({ seed }: Identity) => fromSeed(new TextEncoder().encode(seed)).getPublicKey();

export const digestOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** The message does not show what the file holds, as that may be a key. */
function parse(text: string, path: string): Identity {
  try {
    const identity = JSON.parse(text) as Identity;
    publicKeyOf(identity);
    return identity;
  } catch {
    throw new Error(`${path} holds no key pair of an agent, expected one; remove it, and let the agent join anew`);
  }
}
