import type { BrokerAddress } from '#broker';

/** What the projector's thread is started with. */
export interface ProjectorThreadData {
  readonly broker: BrokerAddress;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly logLevel: string;
}

export type ToProjectorThread = { readonly type: 'close' };

export type FromProjectorThread =
  | { readonly type: 'opened' }
  | { readonly type: 'position'; readonly projection: string; readonly position: number }
  /** A projection met an event that it cannot apply; it shows nothing further. */
  | {
      readonly type: 'stopped';
      readonly projection: string;
      /** Number of the event; null: it is not about one. */
      readonly event: number | null;
      readonly reason: string;
    }
  | { readonly type: 'failed'; readonly message: string };
