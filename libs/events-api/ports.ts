import type { EventLog } from '#event-log';
import type { Authenticate, Positions } from '#http';
import type { Queries } from '#read-store';
import type { CommandGateway } from '#writer';

/** What subscribers are served from. */
export interface EventsPorts {
  readonly log: Pick<EventLog, 'before' | 'read' | 'follow' | 'headSequence'>;
  /** Whose a token is; asked again as long as a stream lasts. */
  readonly authenticate: Authenticate;
  readonly gateway: Pick<CommandGateway, 'readIndex'>;
  /** Tell whose a job is, where the events at hand do not. */
  readonly queries: Pick<Queries, 'job' | 'planJob' | 'scheduledJob'>;
  readonly positions: Positions;
  /**
   * Waits, not for long, while those have more to do for whom nobody else can do it; asked with the time of an event
   * that is to be told, in milliseconds since the epoch.
   */
  readonly giveWay: (decidedMs: number) => Promise<void>;
}

export const PORTS = Symbol('EventsPorts');
