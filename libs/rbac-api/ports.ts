import type { Digest, Positions } from '#http';
import type { AccessQueries } from '#read-store';
import type { CommandGateway } from '#writer';

/** What the RBAC API rests on. */
export interface RbacPorts {
  readonly gateway: CommandGateway;
  readonly queries: AccessQueries;
  readonly positions: Positions;
  readonly digest: Digest;
}

export const PORTS = Symbol('RbacPorts');
