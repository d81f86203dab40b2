import type { BrokerAddress } from './address.js';

/** The NATS server that carries the log, ours or somebody else's. */
export interface Broker {
  readonly address: BrokerAddress;
  /** Whether it is a child of this process. */
  readonly embedded: boolean;
  /** What an acknowledged write survives there, in one line, where so many servers keep a copy of it. */
  survives(replicas: number): string;
  /** Whether it takes connections, which it also does when it stores nothing. */
  isReachable(): Promise<boolean>;
  /**
   * Starts the embedded nats-server anew on the same port. A stream that could not be written once, as on a full disk,
   * takes nothing until then, and most often gives no reason either.
   * @throws when it does not come back, or is not ours to restart.
   */
  restart(): Promise<void>;
  /** Ends the embedded nats-server; nothing for an outside one. */
  stop(): Promise<void>;
}
