import { createHash } from 'node:crypto';

/** What a commit's hash is taken over, apart from the hash before it. */
export interface HashedCommit {
  readonly partition: number;
  readonly firstNumber: number;
  readonly id: string;
  readonly payload: Uint8Array;
}

/**
 * The chained hash of a commit: SHA-256 over the hash before it, partition, first event number, commit id and
 * payload, each part preceded by its length in bytes as a 64-bit big-endian integer. Hex.
 */
export function chainHash(previousHash: string, commit: HashedCommit): string {
  const hash = createHash('sha256');
  const parts = [
    Buffer.from(previousHash, 'hex'),
    Buffer.from(String(commit.partition)),
    Buffer.from(String(commit.firstNumber)),
    Buffer.from(commit.id),
    commit.payload,
  ];
  for (const part of parts) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(part.length));
    hash.update(length).update(part);
  }
  return hash.digest('hex');
}
