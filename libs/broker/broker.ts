import type { BrokerAddress } from './address.js';
import type { NatsUser } from './nats-user.js';

/** Which agents, apps and subscribers the embedded nats-server lets in; none, until it is told for the first time. */
export interface AgentGate {
  /**
   * Lets in exactly these from now on, also after a restart; connections of others are closed when this returns.
   * @throws when nats-server does not answer.
   */
  admit(users: readonly NatsUser[]): Promise<void>;
  /**
   * How an agent reaches it, `host:port` each.
   * @param host under which the agent has reached this machine
   */
  route(host: string): AgentRoute;
}

export interface AgentRoute {
  readonly servers: readonly string[];
  readonly tls: boolean;
}

/** The NATS server that carries the log, ours or somebody else's. */
export interface Broker {
  readonly address: BrokerAddress;
  /** Whether it is a child of this process. */
  readonly embedded: boolean;
  /** What an acknowledged write survives there, in one line, where so many servers keep a copy of it. */
  survives(replicas: number): string;
  /** Whether it takes connections, which it also does when it stores nothing. */
  isReachable(): Promise<boolean>;
  /** The way in for agents; null: its operator gives them their credentials. */
  readonly gate: AgentGate | null;
  /**
   * Starts the embedded nats-server anew on the same port. A stream that could not be written once, as on a full disk,
   * takes nothing until then, and most often gives no reason either.
   * @throws when it does not come back, or is not ours to restart.
   */
  restart(): Promise<void>;
  /** Ends the embedded nats-server; nothing for an outside one. */
  stop(): Promise<void>;
}
