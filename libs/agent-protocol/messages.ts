import type { DeployFlags, Json, JsonObject, LargeValue } from '#domain';

/** A file that a run needs on the node, fetched once by digest and kept. */
export interface TaskFile {
  /** Path below the run's `_installdir`, e.g. `echo/tasks/echo.sh`. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export type InputMethod = 'stdin' | 'environment' | 'both' | 'powershell';

/** A host without an agent, which the agent reaches over ssh. */
export interface SshTarget {
  readonly host: string;
  readonly user: string;
  readonly port: number | null;
  /** Who the task runs as; null: `user`. */
  readonly runAs: string | null;
  /** What becomes `runAs`, followed by that name and a command; null: sudo. */
  readonly runAsCommand: readonly string[] | null;
  readonly connectTimeoutS: number | null;
  readonly tty: boolean;
  /** Folder below which the run's own is made; null: `/tmp`. */
  readonly tmpdir: string | null;
}

/** What opens a target, in the clear: a password or a private key to log in with, and sudo's password. */
export interface TargetSecrets {
  readonly password?: string;
  readonly privateKey?: string;
  readonly sudoPassword?: string;
}

interface RunOf<K extends string> {
  readonly kind: K;
  readonly runId: string;
  readonly job: number;
  readonly noop: boolean;
  /** Seconds until the run's process group is killed; null: never. */
  readonly timeoutS: number | null;
  /** Whether the run may be started again when its process is gone without a recorded exit. */
  readonly rerun: boolean;
}

export interface TaskRunMessage extends RunOf<'task'> {
  readonly task: string;
  /** Parameters without the sensitive ones; large ones are fetched by digest (of their JSON text). */
  readonly params: { readonly value: JsonObject } | LargeValue;
  /** The sensitive parameters in the clear, to be added to `params`; their values never leave the agent again. */
  readonly secrets: JsonObject;
  /** Where the task runs instead of the agent's own machine; null: there. */
  readonly target: SshTarget | null;
  /** They never leave the agent again either; null: there is no target. */
  readonly targetSecrets: TargetSecrets | null;
  /** User of the agent's own machine as whom the task runs; null: the agent's own, or there is a target. */
  readonly runAs: string | null;
  readonly inputMethod: InputMethod;
  /** The executable, one of `files`. */
  readonly executable: string;
  readonly files: readonly TaskFile[];
}

/** A run of Puppet on the node. */
export interface DeployRunMessage extends RunOf<'deploy'> {
  /** Empty: the node's own. */
  readonly environment: string;
  readonly enforceEnvironment: boolean;
  /** Whether it makes changes although the node's own settings say noop. */
  readonly noNoop: boolean;
  readonly flags: DeployFlags;
}

/** Asks an agent to run something, once: a run id that it knows already is not started again. */
export type RunMessage = TaskRunMessage | DeployRunMessage;

/** Asks that a run never start, or, where it runs, that it be killed. */
export interface StopMessage {
  readonly runId: string;
}

/** Run ids that the agent has written down. */
export interface Accepted {
  readonly accepted: readonly string[];
}

/** Asks that an agent be known under its name. */
export interface JoinRequest {
  readonly node: string;
  /** Public nkey of a user. */
  readonly publicKey: string;
}

/** `refused` says why; null: its key opens the subjects of its node. */
export interface JoinAnswer {
  readonly refused: string | null;
}

export interface Hello {
  readonly node: string;
  /** Made with the agent's data folder; another one means that the folder was lost. */
  readonly instance: string;
  readonly version: string;
  /** Runs that the agent holds without the clear values of their sensitive parameters: send them again. */
  readonly wanted: readonly string[];
  /** All runs that the agent has accepted and whose end is not yet confirmed. */
  readonly holding: readonly string[];
  /** Of the facts that it has collected, as `factsDigest` makes it; null: none yet. */
  readonly factsDigest: string | null;
  /** The node's environment, as it is told with the facts; null: none collected yet. */
  readonly environment: string | null;
  /** Milliseconds within which it says hello again; absent, from an agent of an older version: `HELLO_MS`. */
  readonly againMs?: number;
}

export interface Welcome {
  /** The largest message in bytes that may be sent. */
  readonly maxMessageBytes: number;
  /** The reign that dispatches, as `reignOf` writes it. */
  readonly reign: string;
  /** Whether the log does not hold what the agent has collected. */
  readonly wantsFacts: boolean;
  /**
   * Milliseconds within which the agent is to say hello again, from its next hello on, which promises that; absent, from
   * a server of an older version: `HELLO_MS`.
   */
  readonly againMs?: number;
}

/** What an agent found out about its node. */
export interface FactsMessage {
  readonly digest: string;
  /** RFC 3339 with milliseconds, by the clock of the node. */
  readonly takenAt: string;
  /** The environment that Puppet uses on the node. */
  readonly environment: string;
  /** At most `FACTS_BYTES` of JSON. */
  readonly facts: JsonObject;
}

export interface FactsTaken {
  /** Why the facts are not taken, not later either; null: they are in the log. */
  readonly refused: string | null;
}

interface ReportOf<K extends string> {
  /** Unique and stable: a repeated report has the same id. */
  readonly reportId: string;
  readonly runId: string;
  readonly kind: K;
  readonly attempt: number;
}

export interface StartedReport extends ReportOf<'started'> {
  /** RFC 3339 with milliseconds, by the clock of the node. */
  readonly startedAt: string;
}

export interface EndedReport extends ReportOf<'finished' | 'failed'> {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** At most 64 kB of JSON; cut where `large` names the whole, which was stored before. */
  readonly result: Json;
  readonly large: LargeValue | null;
}

export interface ErroredReport extends ReportOf<'errored'> {
  /** Null: the run never started. */
  readonly startedAt: string | null;
  readonly error: { readonly kind: string; readonly msg: string; readonly details: JsonObject };
}

export type Report = StartedReport | EndedReport | ErroredReport;

/** Reports that need not be sent again. */
export interface Confirmed {
  readonly confirmed: readonly string[];
}

export interface FetchChunk {
  readonly sha256: string;
  readonly offset: number;
}

/** Sent as headers `Daybook-Sha256`, `Daybook-Offset` and `Daybook-Size` (of the whole) beside the bytes. */
export interface StoreChunk extends LargeValue {
  readonly offset: number;
}

/** `next` is the offset expected next; it equals the size once the value is stored. */
export interface ChunkStored {
  readonly next: number;
}

/** JSON results up to this many bytes stand in the event; larger ones are stored by digest. */
export const INLINE_BYTES = 64 * 1024;
