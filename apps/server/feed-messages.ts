import type { BrokerAddress } from '#broker';

/** What the feed's thread is started with. */
export interface FeedThreadData {
  readonly broker: BrokerAddress;
  /** After which an event leaves the feed. */
  readonly maxAgeDays: number;
  readonly logLevel: string;
}

export type ToFeedThread = { readonly type: 'close' };
