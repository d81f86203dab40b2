import type { PastStores } from '#as-of';
import type { Presence } from '#dispatch';
import type { Queries } from '#read-store';
import type { Positions } from '#http';
import type { LargeValues } from '#large-values';
import type { Clock } from '#platform';
import type { PlanCatalogue } from '#plans';
import type { Sealer } from '#sealing';
import type { TaskCatalogue } from '#tasks';
import type { CommandGateway } from '#writer';

/** What the orchestrator API rests on. */
export interface OrchestratorPorts {
  readonly gateway: CommandGateway;
  readonly queries: Queries;
  /** What the queries would have answered at a moment of the past. */
  readonly past: Pick<PastStores, 'at'>;
  readonly positions: Positions;
  readonly presence: Presence;
  readonly catalogue: TaskCatalogue;
  readonly plans: PlanCatalogue;
  readonly sealer: Sealer;
  readonly largeValues: LargeValues;
  readonly clock: Clock;
  /** What `id` URLs begin with, e.g. `https://jobs.example.com`; null: scheme and host of the request. */
  readonly publicUrl: string | null;
}

export const PORTS = Symbol('OrchestratorPorts');
