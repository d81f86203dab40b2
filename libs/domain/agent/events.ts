export interface AgentEvents {
  /** Whoever holds a certain join token may join as an agent, once. */
  'daybook.agent.invited': {
    /** Of the invitation; it is a part of the token. */
    readonly id: string;
    /** SHA-256 of the token, in hexadecimal; the token itself is written down nowhere. */
    readonly tokenDigest: string;
    /** The only node that may join with it; null: any. */
    readonly node: string | null;
    /** RFC 3339; from then on it lets nobody join. */
    readonly expires: string;
  };
  /** The agent of a node is known: whoever holds the private key may speak for that node, and for no other. */
  'daybook.agent.joined': {
    readonly node: string;
    /** Public nkey of a user: `U…`, 56 characters. */
    readonly publicKey: string;
    /** Id of the invitation, which is used up by this; null: it joined on the server's own machine. */
    readonly invitation: string | null;
  };
  /** The key of a node's agent lets nobody in any more, and invitations for the node are void. */
  'daybook.agent.revoked': { readonly node: string };
}
