import type { BrokerAddress } from '#broker';
import type { BesideOutcome, BesideProgress, BesideWork } from '#projections';

/** What the projector's thread is started with. */
export interface ProjectorThreadData {
  readonly broker: BrokerAddress;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly logLevel: string;
}

export type ToProjectorThread =
  /** `id` names it in what is told of it. */
  | { readonly type: 'work'; readonly id: number; readonly work: BesideWork; readonly projection: string }
  | { readonly type: 'close' };

export type FromProjectorThread =
  | { readonly type: 'opened'; readonly projections: readonly { readonly name: string; readonly version: number }[] }
  | { readonly type: 'position'; readonly projection: string; readonly position: number }
  /** A projection met an event that it cannot apply; it shows nothing further. */
  | {
      readonly type: 'stopped';
      readonly projection: string;
      /** Number of the event; null: it is not about one. */
      readonly event: number | null;
      readonly reason: string;
    }
  | { readonly type: 'progress'; readonly id: number; readonly progress: BesideProgress }
  | { readonly type: 'worked'; readonly id: number; readonly outcome: BesideOutcome }
  | { readonly type: 'not-worked'; readonly id: number; readonly reason: string }
  | { readonly type: 'failed'; readonly message: string };
