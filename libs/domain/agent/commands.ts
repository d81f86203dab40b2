/** Makes a join token valid. */
export interface InviteAgent {
  readonly type: 'invite-agent';
  /** Of the invitation, never used before. */
  readonly id: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly tokenDigest: string;
  /** Null: any node may join with it. */
  readonly node: string | null;
  /** Seconds until it expires. */
  readonly lifetimeS: number;
}

/** Makes an agent known. Joining again with the same key and the same proof changes nothing. */
export interface JoinAgent {
  readonly type: 'join-agent';
  readonly node: string;
  readonly publicKey: string;
  /** What the join token says; null: it stands on the server's own machine, and whoever does is the operator. */
  readonly invitation: { readonly id: string; readonly tokenDigest: string } | null;
}

export interface RevokeAgent {
  readonly type: 'revoke-agent';
  readonly node: string;
}

export type AgentCommand = InviteAgent | JoinAgent | RevokeAgent;
