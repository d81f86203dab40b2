import type { Digest, Positions } from '#http';
import type { Queries } from '#read-store';
import type { CommandGateway } from '#writer';

/** What the classifier API rests on. */
export interface ClassifierPorts {
  readonly gateway: CommandGateway;
  readonly queries: Pick<Queries, 'nodeGroups'>;
  readonly positions: Positions;
  readonly digest: Digest;
}

export const PORTS = Symbol('ClassifierPorts');
