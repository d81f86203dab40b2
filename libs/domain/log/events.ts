/** What was vouched for of the log, and by whose key. */
export interface Checkpoint {
  /** Number of the last event of the commit that it vouches for, and so for all before it. */
  readonly number: number;
  /** Chained hash of that commit, hex. */
  readonly hash: string;
  /** Ed25519 public key as an SPKI in DER, in base64: what stands between the lines of a PEM file. */
  readonly publicKey: string;
  /** Ed25519 signature over the text of the checkpoint, in base64. */
  readonly signature: string;
}

export interface LogEvents {
  /** The log up to a commit is vouched for by a signature that nobody makes without the secret key. */
  'daybook.log.checkpoint-signed': Checkpoint;
}
