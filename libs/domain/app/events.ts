import type { SealedParams } from '../job/events.js';

/** An app that is called back, and how. */
export interface App {
  /** As `dapr-app-id` names it. */
  readonly id: string;
  /** `http` and `https` URLs, used in turn; none: it takes its jobs by subscription. */
  readonly addresses: readonly string[];
  /** What it is sent as `dapr-api-token`; null: nothing. */
  readonly token: SealedParams | null;
  /** Public nkey with which it may take its jobs over the embedded NATS; null: with none. */
  readonly natsKey: string | null;
  /** Deliveries to it at the same time. */
  readonly callsAtOnce: number;
}

export interface AppEvents {
  /** From here on an app is called back so. */
  'daybook.app.defined': App;
  /** What the settings say of it holds again, if they do. */
  'daybook.app.removed': { readonly id: string };
}
