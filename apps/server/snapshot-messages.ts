import type { BrokerAddress } from '#broker';

/** What the process that makes a snapshot is told. */
export interface SnapshotOrder {
  readonly broker: BrokerAddress;
  /** Folder whose disk must have room for it; null: it is not stored on this machine. */
  readonly storageDir: string | null;
  readonly logLevel: string;
}

/** What it answers when it is stored. */
export interface SnapshotMade {
  /** Number of the last event in it. */
  readonly number: number;
}
