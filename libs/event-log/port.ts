import type { RecordedEvent } from '#domain';

/** A place in the log: the last event at or before it, and the commit that holds it. */
export interface LogPosition {
  /** Number of the last event. */
  readonly number: number;
  /** Stream sequence of its commit. */
  readonly sequence: number;
  /** Chained hash of its commit, hex. */
  readonly hash: string;
}

/** Level of the log's format that this version reads and writes. */
export const LOG_FORMAT = 1;

/** Where the log begins: nothing is before it. */
export const LOG_START: LogPosition = { number: 0, sequence: 0, hash: '0'.repeat(64) };

/** One decision or several, stored as one message, whole or not at all. */
export interface NewCommit {
  readonly id: string;
  /** Number of its first event. */
  readonly firstNumber: number;
  /** Number of its last event. */
  readonly lastNumber: number;
  /** JSON array of its events, encoded. */
  readonly payload: Uint8Array;
}

/** A commit as it lies in the stream. */
export interface RawCommit {
  readonly sequence: number;
  readonly id: string;
  readonly firstNumber: number;
  readonly previousHash: string;
  readonly payload: Uint8Array;
}

export interface StoredCommit {
  readonly id: string;
  /** The place that the log has reached with this commit. */
  readonly position: LogPosition;
  readonly firstNumber: number;
  readonly previousHash: string;
  /** The bytes as stored; the hash is over these. */
  readonly payload: Uint8Array;
  /** The events in the newest shape of each. */
  readonly events: readonly RecordedEvent[];
}

/** How an append ended: our commit is in the log, or another one stands in its place. */
export type Verdict = { readonly kind: 'stored'; readonly position: LogPosition } | { readonly kind: 'fenced' };

/** An event by its number, or the last one up to a time in milliseconds since the epoch. */
export type EventPlace = { readonly number: number } | { readonly timeMs: number };

/** An append-only sequence of commits, each chained to the one before. */
export interface EventLog {
  /** Made once, with the log. */
  readonly streamId: string;
  /** Servers that keep a copy of each commit; it is stored when more than half of them have it. */
  readonly replicas: number;
  /** Most bytes that a commit's payload may have. */
  readonly maxCommitBytes: number;

  /**
   * Appends a commit directly after `after`. Answers only with a verdict: as long as none is known the identical
   * commit is offered again.
   * @throws LogWentBackwards when the log ends before `after`
   * @throws DOMException AbortError when `signal` aborts; the outcome is unknown then
   */
  append(commit: NewCommit, after: LogPosition, options?: AppendOptions): Promise<Verdict>;

  /** Stream sequence of the last commit, as the log's leader knows it; 0: there is none. */
  headSequence(): Promise<number>;

  /** Wall-clock time of the log's leader, in milliseconds since the epoch. */
  timeMs(): Promise<number>;

  /**
   * Makes sure that a place that was seen in the log is still there.
   * @throws LogWentBackwards when the log ends before it, or another commit stands there
   */
  confirm(position: LogPosition): Promise<void>;

  /**
   * The place just before the commit that holds the event of this number; where there is no such event yet, before the
   * last commit.
   */
  before(number: number): Promise<LogPosition>;

  /**
   * The commit that holds an event; where the event is yet to come, the last commit. Null: there is no such event.
   * @throws LogDamaged
   */
  find(wanted: EventPlace): Promise<StoredCommit | null>;

  /** All commits after a place up to the end that the log has now, in batches. @throws LogDamaged */
  read(after: LogPosition, signal?: AbortSignal): AsyncIterable<readonly StoredCommit[]>;

  /**
   * As `read`, but the bytes alone: nothing is looked into, so that it is cheap, and damage is the reader's to find.
   * @throws LogWentBackwards when the log ends before `after`
   */
  readStored(after: LogPosition, signal?: AbortSignal): AsyncIterable<readonly RawCommit[]>;
  /** As `read`, and then each further commit as it comes, until `signal` aborts. */
  follow(after: LogPosition, signal: AbortSignal): AsyncIterable<readonly StoredCommit[]>;
}

export interface AppendOptions {
  readonly signal?: AbortSignal;
  /** Told why the commit is offered again. */
  readonly onResend?: (reason: Error) => void;
}

/** The log ends before a place that was seen in it, or another commit stands there. It must not be written to. */
export class LogWentBackwards extends Error {
  override readonly name = 'LogWentBackwards';

  constructor(seen: LogPosition, found: string) {
    super(
      `the log went backwards: event ${seen.number} (sequence ${seen.sequence}) was seen in it before, ` +
        `but ${found}; it is not written to, restore the store it had`,
    );
  }
}

/**
 * A commit does not follow from the one before it, or holds what this version cannot read: a number is missing, the
 * hash chain is broken, the type or version of an event is unknown.
 */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
}
