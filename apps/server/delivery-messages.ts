import type { BrokerAddress } from '#broker';
import type { ConfiguredApp } from '#delivery';

/** What the deliveries' thread is started with. */
export interface DeliveryThreadData {
  readonly broker: BrokerAddress;
  readonly secretKeys: readonly Uint8Array[];
  /** Apps that the settings name. */
  readonly apps: readonly ConfiguredApp[];
  readonly timeoutMs: number;
  readonly logLevel: string;
}

export type ToDeliveryThread =
  /** A reign has begun; what it has to deliver follows. */
  | { readonly type: 'begin' }
  /** `DeliveryChange`s as one JSON text. */
  | { readonly type: 'changes'; readonly changes: string }
  | { readonly type: 'suspend' }
  /** `OutcomeMessage`s as one JSON text. */
  | { readonly type: 'reported'; readonly messages: string }
  | { readonly type: 'close' };

/** `CommandMessage`s as one JSON text. */
export interface FromDeliveryThread {
  readonly type: 'report';
  readonly messages: string;
}
