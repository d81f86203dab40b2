import type { BrokerAddress } from './address.js';

/** The NATS server that carries the log, ours or somebody else's. */
export interface Broker {
  readonly address: BrokerAddress;
  /** Whether it is a child of this process. */
  readonly embedded: boolean;
  /** What an acknowledged write survives there, in one line. */
  readonly survives: string;
  /**
   * Starts the embedded nats-server anew on the same port, which ends the refusals that a full disk leaves behind.
   * @throws when it does not come back, or is not ours to restart.
   */
  restart(): Promise<void>;
  /** Ends the embedded nats-server; nothing for an outside one. */
  stop(): Promise<void>;
}
