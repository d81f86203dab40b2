import type { Subscriber } from './events.js';

/** Lets a key read the log. The same key again changes nothing; another one takes its place. */
interface AdmitSubscriber extends Subscriber {
  readonly type: 'admit-subscriber';
}

/** Changes nothing where nobody of this name is let in. */
interface RevokeSubscriber {
  readonly type: 'revoke-subscriber';
  readonly name: string;
}

export type SubscriberCommand = AdmitSubscriber | RevokeSubscriber;
