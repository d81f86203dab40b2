import type { JsonObject } from '../json.js';
import type { NodeFacts } from './events.js';

/** What queries and rules know about a node. Times are RFC 3339 texts. */
export interface KnownNode {
  readonly certname: string;
  readonly environment: string;
  /** When the facts were taken. */
  readonly timestamp: string;
  readonly deactivated: null;
  readonly expired: null;
  readonly facts: JsonObject;
  readonly trusted: JsonObject;
  readonly factsDigest: string;
}

/** All nodes whose agents have told their facts. */
export class Inventory {
  readonly #nodes = new Map<string, KnownNode>();
  #list: readonly KnownNode[] | null = null;

  /** In the order of their names; another array after each change. */
  get list(): readonly KnownNode[] {
    this.#list ??= [...this.#nodes.values()].sort((a, b) => (a.certname < b.certname ? -1 : 1));
    return this.#list;
  }

  get(certname: string): KnownNode | undefined {
    return this.#nodes.get(certname);
  }

  delete(certname: string): void {
    this.#list = null;
    this.#nodes.delete(certname);
  }

  put({ node, environment, digest, takenAt, facts }: NodeFacts): void {
    this.#list = null;
    this.#nodes.set(node, {
      certname: node,
      environment,
      timestamp: takenAt,
      deactivated: null,
      expired: null,
      facts,
      trusted: trustedOf(node),
      factsDigest: digest,
    });
  }
}

/** What Puppet makes of the name in a certificate. */
function trustedOf(certname: string): JsonObject {
  const [hostname, ...domain] = certname.split('.');
  return {
    certname,
    hostname: hostname!,
    domain: domain.length === 0 ? null : domain.join('.'),
    authenticated: 'remote',
    extensions: {},
  };
}
