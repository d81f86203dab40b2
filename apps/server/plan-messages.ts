import type { BrokerAddress } from '#broker';
import type { ReignStart } from '#plans';

/** What the plans' thread is started with. */
export interface PlanThreadData {
  readonly broker: BrokerAddress;
  readonly secretKeys: readonly Uint8Array[];
  readonly modulePath: readonly string[];
  readonly environmentPath: string | null;
  readonly dataDir: string;
  readonly atOnce: number;
  readonly logLevel: string;
}

export type ToPlanThread =
  | { readonly type: 'begin'; readonly start: ReignStart }
  /** `RecordedEvent`s as one JSON text. */
  | { readonly type: 'events'; readonly events: string }
  | { readonly type: 'suspend' }
  /** `OutcomeMessage`s as one JSON text. */
  | { readonly type: 'settled'; readonly messages: string }
  | { readonly type: 'close' };

/** `CommandMessage`s as one JSON text. */
export interface FromPlanThread {
  readonly type: 'execute';
  readonly messages: string;
}
