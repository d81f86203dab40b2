import type { BrokerAddress } from '#broker';
import type { LogPosition } from '#event-log';
import type { CommandMessage, OutcomeMessage } from '#writer';

/** What the writer's thread is started with. */
export interface WriterThreadData {
  readonly broker: BrokerAddress;
  readonly program: string;
  readonly secretKey: Uint8Array;
  readonly modulePath: readonly string[];
  readonly environmentPath: string | null;
  readonly agentGraceMs: number;
  /** Folder whose disk must have room for new commands; null: the log is not on this machine. */
  readonly storageDir: string | null;
  readonly logLevel: string;
}

export type ToWriterThread =
  | { readonly type: 'execute'; readonly messages: readonly CommandMessage[] }
  | { readonly type: 'close'; readonly graceMs: number };

export type FromWriterThread =
  | { readonly type: 'opened' }
  | { readonly type: 'settled'; readonly messages: readonly OutcomeMessage[] }
  | { readonly type: 'committed'; readonly position: LogPosition }
  | { readonly type: 'agent-seen'; readonly node: string }
  /** The broker refuses writes for lack of storage. */
  | { readonly type: 'storage-full' }
  | { readonly type: 'failed'; readonly message: string };
