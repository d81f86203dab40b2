import type { BrokerAddress } from '#broker';
import type { ReadStoreOptions } from '#read-store';
import type { Victim } from './victim.js';

/** A server as its callers know it. */
export interface Reachable {
  readonly url: string;
  readonly token: string;
}

/** Whole Daybook, with everything that it needs, that may be harmed. */
export interface Site {
  readonly name: string;
  readonly servers: readonly Reachable[];
  /** Nodes that have an agent. */
  readonly nodes: readonly string[];
  /** What can be harmed, by a name that the figures show: the processes that it is at this moment. */
  readonly targets: Readonly<Record<string, () => Promise<readonly Victim[]>>>;
  /** Of the secret key that all its servers share. */
  readonly secretKey: Uint8Array;
  /** How the log is reached past the servers. */
  broker(): BrokerAddress;
  /** Where the servers keep their read models. */
  readonly readModels: ReadStoreOptions;
  /** An empty place of the same kind. */
  emptyReadModels(): Promise<ReadStoreOptions>;
  /** Ends servers and agents as their operator does. */
  stopServers(): Promise<void>;
  /** Ends what is left, and removes all that was written. */
  close(): Promise<void>;
  /** What went wrong with its processes besides the harm, in words. */
  readonly faults: readonly string[];
}
