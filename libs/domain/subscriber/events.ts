/** Somebody who may read the log and the feed over NATS. */
export interface Subscriber {
  /** 1 to 64 letters, digits, `_` and `-`. */
  readonly name: string;
  /** Public nkey of a user: whoever holds the private one is let in. */
  readonly publicKey: string;
}

export interface SubscriberEvents {
  /** Whoever holds the private key may read the log over NATS; a key that the name had before lets nobody in any more. */
  'daybook.subscriber.admitted': Subscriber;
  /** The key of this name lets nobody in any more, and its place in the log is forgotten. */
  'daybook.subscriber.revoked': { readonly name: string };
}
