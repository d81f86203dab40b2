import { createPublicKey, verify } from 'node:crypto';
import { CHECKPOINT_REACH, checkpointText } from '#domain';
import type { Checkpoint } from '#domain';
import type { UncheckedEvent } from './events-in.js';

/** A checkpoint as it was kept elsewhere. */
export interface KeptCheckpoint extends Checkpoint {
  /** Id of the log. */
  readonly stream: string;
}

/** What is known of a ledger from elsewhere. */
export interface Expected {
  /** Public keys, one of which must have signed each checkpoint; none: any may have. */
  readonly keys: readonly string[];
  /** Null: none was kept. */
  readonly kept: KeptCheckpoint | null;
}

/** What signatures vouch for in a ledger. */
export interface VouchedFor {
  /** Number of the last event of which a checkpoint in the ledger tells; 0: there is none. */
  readonly number: number;
  /** Checkpoints by the public key that signed them. */
  readonly keys: Readonly<Record<string, number>>;
}

/** Holds the checkpoints in a ledger against its commits. Each method says what is wrong; null: nothing is. */
export class CheckpointCheck {
  /** Hashes of the last commits, by the number of the last event of each. */
  readonly #hashes = new Map<number, string>();
  readonly #keys = new Map<string, number>();
  #number = 0;

  constructor(private readonly expected: Expected) {}

  get vouchedFor(): VouchedFor {
    return { number: this.#number, keys: Object.fromEntries(this.#keys) };
  }

  begin(stream: string): string | null {
    const { kept } = this.expected;
    if (kept === null || kept.stream === stream) return null;
    return `the log is ${stream}, expected ${kept.stream} as in the checkpoint that was kept`;
  }

  takeCommit(firstNumber: number, lastNumber: number, hash: string): string | null {
    this.#hashes.set(lastNumber, hash);
    for (const number of this.#hashes.keys()) {
      if (number >= firstNumber - CHECKPOINT_REACH) break;
      this.#hashes.delete(number);
    }
    const { kept } = this.expected;
    if (kept === null || kept.number < firstNumber || kept.number > lastNumber) return null;
    if (kept.number === lastNumber && kept.hash === hash) return null;
    return `event ${lastNumber} has the hash ${hash}, expected ${kept.hash} for event ${kept.number} as in the checkpoint that was kept: the log was written anew`;
  }

  takeCheckpoint({ data }: UncheckedEvent, stream: string): string | null {
    if (!isCheckpoint(data))
      return 'the checkpoint has not number, hash, publicKey and signature, expected all of them';
    const { number, hash, publicKey } = data;
    const found = this.#hashes.get(number);
    if (found === undefined) {
      return `the checkpoint vouches for event ${number}, expected the last event of one of the commits before it`;
    }
    if (found !== hash) {
      return `event ${number} has the hash ${found}, expected ${hash} as in the checkpoint: the log was written anew`;
    }
    if (!isSigned(data, stream)) return `the checkpoint has another signature than expected of the key ${publicKey}`;
    const { keys } = this.expected;
    if (keys.length > 0 && !keys.includes(publicKey)) {
      return `the checkpoint is signed with the key ${publicKey}, expected ${keys.join(' or ')}`;
    }
    this.#keys.set(publicKey, (this.#keys.get(publicKey) ?? 0) + 1);
    this.#number = number;
    return null;
  }

  /** For when the ledger has ended with an event. */
  finish(last: number): string | null {
    const { kept } = this.expected;
    if (kept === null || kept.number <= last) return null;
    return `the log ends with event ${last}, expected ${kept.number} or more as in the checkpoint that was kept: its end was cut off`;
  }
}

/** Whether the signature of a checkpoint is of its public key, for this log. */
export function isSigned({ publicKey, signature, ...signed }: Checkpoint, stream: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const text = Buffer.from(checkpointText(stream, signed));
    return key.asymmetricKeyType === 'ed25519' && verify(null, text, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

export function isCheckpoint(json: unknown): json is Checkpoint {
  const { number, hash, publicKey, signature } = (json ?? {}) as Partial<Record<keyof Checkpoint, unknown>>;
  return Number.isSafeInteger(number) && [hash, publicKey, signature].every((each) => typeof each === 'string');
}
