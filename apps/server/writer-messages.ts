import type { BrokerAddress } from '#broker';
import type { LogPosition } from '#event-log';
import type { Measured } from '#metrics';
import type { ReignStart } from '#plans';
import type { RosterChange } from './roster.js';

/** What the writer's thread is started with. */
export interface WriterThreadData {
  /** Names this process among those that share the log. */
  readonly serverId: string;
  /** Whether other processes may write to the log. */
  readonly isShared: boolean;
  readonly broker: BrokerAddress;
  readonly program: string;
  readonly secretKeys: readonly Uint8Array[];
  readonly modulePath: readonly string[];
  readonly environmentPath: string | null;
  readonly agentGraceMs: number;
  /** Folder whose disk must have room for new commands; null: the log is not on this machine. */
  readonly storageDir: string | null;
  readonly logLevel: string;
}

export type ToWriterThread =
  /** `CommandMessage`s as one JSON text, which takes a fraction of the time of cloning their objects. */
  | { readonly type: 'execute'; readonly messages: string }
  /** As `execute`, for what is told of deliveries: it is never refused. */
  | { readonly type: 'report'; readonly messages: string }
  /** Asks for what was measured. */
  | { readonly type: 'measure' }
  | { readonly type: 'close'; readonly graceMs: number };

export type FromWriterThread =
  /** It is a candidate for the writer's place. */
  | { readonly type: 'standing' }
  /** It reigns, and takes commands. */
  | { readonly type: 'opened' }
  | { readonly type: 'resigned' }
  /** `OutcomeMessage`s as one JSON text. */
  | { readonly type: 'settled'; readonly messages: string }
  /** As `settled`, of what came by `report`. */
  | { readonly type: 'reported'; readonly messages: string }
  | { readonly type: 'committed'; readonly position: LogPosition }
  /** A reign began after this many events, with a snapshot of so many of them; 0: with none. */
  | { readonly type: 'recovered'; readonly position: number; readonly snapshot: number }
  /** A reign began, with plans in flight or none. */
  | { readonly type: 'plans'; readonly start: ReignStart }
  /** `RecordedEvent`s that concern plans, as one JSON text. */
  | { readonly type: 'plan-events'; readonly events: string }
  /** A reign began; what it has to deliver follows. */
  | { readonly type: 'deliveries' }
  /** `DeliveryChange`s as one JSON text. */
  | { readonly type: 'delivery-changes'; readonly changes: string }
  /** Comes before the answers to the commands that changed it. */
  | { readonly type: 'agents'; readonly changes: readonly RosterChange[] }
  /** The agent that the server has started said hello. */
  | { readonly type: 'local-agent-seen' }
  /** Why the log takes nothing at present; null: it does again. */
  | { readonly type: 'trouble'; readonly reason: string | null }
  | { readonly type: 'measured'; readonly measured: Measured }
  | { readonly type: 'failed'; readonly message: string };
