import type { KnownAgent, KnownSubscriber } from '#domain';
import type { Digest } from '#http';
import type { CommandGateway } from '#writer';

/** Which agents the broker lets in. */
export interface Admission {
  /** Those that have joined and were not revoked, as far as the log was followed; every answered command is in it. */
  known(): readonly KnownAgent[];
  /** Subscribers that are let in, as far as the log was followed. */
  subscribers(): readonly KnownSubscriber[];
  /** Waits until the broker lets in the known ones and no other; false: it did not get there in time. */
  settled(): Promise<boolean>;
  /**
   * How an agent reaches the broker.
   * @param host under which it reached this server
   */
  route(host: string): { readonly servers: readonly string[]; readonly tls: boolean };
}

/** What the API of agents rests on. */
export interface AgentsPorts {
  readonly gateway: CommandGateway;
  /** Null: somebody else runs the broker, and gives agents their credentials. */
  readonly admission: Admission | null;
  readonly digest: Digest;
  /** Where clients reach this server; null: at the host of their request. */
  readonly publicUrl: string | null;
}

export const PORTS = Symbol('AgentsPorts');
