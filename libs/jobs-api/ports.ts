import type { Offer } from '#delivery';
import type { Authenticate, Positions, Readiness } from '#http';
import type { LargeValues } from '#large-values';
import type { AppAddresses } from '#platform';
import type { Queries } from '#read-store';
import type { Sealer } from '#sealing';
import type { CommandGateway } from '#writer';

/** What the Jobs API rests on. */
export interface JobsApiPorts {
  readonly gateway: CommandGateway;
  readonly queries: Pick<Queries, 'appJobs'>;
  readonly positions: Positions;
  readonly sealer: Pick<Sealer, 'seal' | 'digest'>;
  readonly largeValues: LargeValues;
  /** Whose a token of the orchestrator API is, for what only administrators may do. */
  readonly authenticate: Authenticate;
  readonly readiness: Readiness;
  /** Id of the log. */
  readonly streamId: string;
  /** IANA zone of cron schedules that name none. */
  readonly timeZone: string;
  /** Takes jobs of an app from now on, until the function that it gives is called. */
  readonly subscribe: (app: string, take: (offer: Offer) => void) => () => void;
  /** Milliseconds that an app may take to answer. */
  readonly answerWithinMs: number;
  /** Waits until the broker lets in whom it should, for some seconds at most. */
  readonly letIn: () => Promise<unknown>;
  /** Apps of the settings. */
  readonly apps: readonly AppAddresses[];
  /** Of Daybook. */
  readonly version: string;
}

export const PORTS = Symbol('JobsApiPorts');
