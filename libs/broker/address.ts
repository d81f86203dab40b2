import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '#platform';

/** How a client proves who it is. */
export type Login =
  | { readonly kind: 'none' }
  | { readonly kind: 'user'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  /** The seed of an nkey pair: it is not sent, but signs what the server makes up. */
  | { readonly kind: 'nkey'; readonly seed: string }
  | { readonly kind: 'credentials'; readonly file: string };

/** Where a broker is and how to get in: plain data, for threads, child processes and files. */
export interface BrokerAddress {
  /** `host:port`, any of which will do. */
  readonly servers: readonly string[];
  readonly login: Login;
  /**
   * Null: only where the server offers it; `never`: not even then. `caFile` null: the certificate authorities that Node
   * trusts.
   */
  readonly tls: { readonly caFile: string | null } | 'never' | null;
  /** First tokens of the subjects that answers come to. */
  readonly inboxPrefix: string;
}

/** How agents that use the data directory of a server find its broker. */
export interface AgentAddress extends BrokerAddress {
  /** The login only serves to join; false: it is good for all that an agent does. */
  readonly isForJoining: boolean;
}

/** The servers and who we are to them, without what is secret. */
export function describeAddress({ servers, login }: BrokerAddress): string {
  return servers.join(',') + (login.kind === 'user' ? ` as ${login.user}` : '');
}

/**
 * The address that agents of this data directory use, written when the server opened its broker.
 * @throws when no server has run on that directory yet.
 */
export function agentAddress(dataDir: string): AgentAddress {
  const path = agentFile(dataDir);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as AgentAddress;
  } catch (error) {
    throw new Error(
      `${path} cannot be read, expected the file that a running server writes, or --server and --join: ${(error as Error).message}`,
    );
  }
}

export function writeAgentAddress(dataDir: string, address: AgentAddress): void {
  writePrivateFile(agentFile(dataDir), JSON.stringify(address, null, 2));
}

const agentFile = (dataDir: string) => join(dataDir, 'nats', 'agent.json');
