import type { FillOrder } from '#as-of';
import type { BrokerAddress } from '#broker';

/** What the thread that fills stores of the past is started with. */
export interface AsOfThreadData {
  readonly broker: BrokerAddress;
  /** Of all data; the stores lie on the same disk. */
  readonly dataDir: string;
}

/** One order at a time: the next one comes when that one has ended. */
export type ToAsOfThread =
  { readonly type: 'fill'; readonly order: FillOrder } | { readonly type: 'abort' } | { readonly type: 'close' };

/** How an order ended; null: the store is filled. */
export interface FromAsOfThread {
  readonly failure: string | null;
}
