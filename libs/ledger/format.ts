/** Name and version of the format, as the first line has them. */
export const LEDGER_FORMAT = 'daybook-ledger/1';

/** First line: of which log it is, and who wrote it. */
export interface LedgerHeader {
  readonly format: typeof LEDGER_FORMAT;
  /** Id of the log. */
  readonly stream: string;
  /** Name and version of the program that exported it. */
  readonly program: string;
  /** RFC 3339, UTC. */
  readonly exportedAt: string;
  /** Number of the first event. */
  readonly first: number;
  /** Number of the last event that the log had when the export began; 0: it was empty. */
  readonly last: number;
}

/** A commit as it is stored, without what depends on the stream that carries it. */
export interface LedgerCommit {
  readonly id: string;
  /** Number of its first event. */
  readonly firstNumber: number;
  /** Number of its last event. */
  readonly lastNumber: number;
  /** Chained hash of the commit before it, hex. */
  readonly previousHash: string;
  /** Its own chained hash, hex. */
  readonly hash: string;
  /** The bytes that the hash is over: a JSON array of events, in one line. */
  readonly payload: Uint8Array;
}

/** A part of a large value. All parts of a value stand before the first commit that names it, in order. */
export interface LedgerPiece {
  /** Of the whole value, hex. */
  readonly sha256: string;
  /** Bytes of the whole value. */
  readonly size: number;
  /** Where in the value this part begins, in bytes; 0 begins it anew. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Last line: what the ledger holds. */
export interface LedgerEnd {
  /** SHA-256 of the first line, hex; no other digest is over that. */
  readonly header: string;
  readonly commits: number;
  readonly events: number;
  /** Large values. */
  readonly values: number;
  /** Number of the last event. */
  readonly number: number;
  /** Chained hash of the last commit, hex. */
  readonly hash: string;
}

/** A line of a ledger. `broken` is what a server says instead of the rest where its log cannot be read on. */
export type LedgerLine =
  | { readonly kind: 'header'; readonly header: LedgerHeader }
  | ({ readonly kind: 'commit' } & LedgerCommit)
  | ({ readonly kind: 'piece' } & LedgerPiece)
  | { readonly kind: 'end'; readonly end: LedgerEnd }
  | { readonly kind: 'broken'; readonly problem: string };
