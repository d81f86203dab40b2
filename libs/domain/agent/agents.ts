/** A join token that nobody has used yet. */
export interface Invitation {
  readonly id: string;
  readonly tokenDigest: string;
  readonly node: string | null;
  readonly expiresMs: number;
}

/** An agent that has joined and was not revoked. */
export interface KnownAgent {
  readonly node: string;
  readonly publicKey: string;
  /** When it joined, in milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** The same, with its proof. */
export interface JoinedAgent extends KnownAgent {
  /** Of the token that it joined with; null: it joined on the server's own machine. */
  readonly tokenDigest: string | null;
}

/** Who may speak for nodes, and who may come to. */
export interface Agents {
  /** By id. Those that have expired leave with the next one. */
  readonly invitations: Map<string, Invitation>;
  /** By node. */
  readonly known: Map<string, JoinedAgent>;
  /** The node of every key that has ever joined: a key is of one node for good. */
  readonly keys: Map<string, string>;
}

export const noAgents = (): Agents => ({ invitations: new Map(), known: new Map(), keys: new Map() });
