import type { Broker } from './broker.js';
import { openEmbedded } from './embedded.js';
import type { EmbeddedOptions } from './embedded.js';
import { openOutside } from './outside.js';

export interface BrokerOptions extends EmbeddedOptions {
  /** The value of `NATS_URL`; null: an embedded nats-server. */
  readonly natsUrl: string | null;
}

/**
 * Makes the broker ready for use: JetStream answers when this returns, and `agentAddress()` tells agents the way.
 * @throws when it cannot; the message says what to change.
 */
export function openBroker({ natsUrl, ...options }: BrokerOptions): Promise<Broker> {
  return natsUrl === null ? openEmbedded(options) : openOutside({ natsUrl, dataDir: options.dataDir });
}
