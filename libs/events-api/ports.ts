import type { Admission } from '#agents-api';
import type { EventLog } from '#event-log';
import type { Authenticate, Digest, Positions } from '#http';
import type { Queries } from '#read-store';
import type { CommandGateway } from '#writer';

/** What subscribers are served from. */
export interface EventsPorts {
  readonly log: Pick<EventLog, 'before' | 'find' | 'read' | 'follow' | 'headSequence' | 'replicas'>;
  /** Whose a token is; asked again as long as a stream lasts. */
  readonly authenticate: Authenticate;
  readonly gateway: CommandGateway;
  /** Tell whose a job is, where the events at hand do not. */
  readonly queries: Pick<Queries, 'job' | 'planJob' | 'audit'>;
  readonly positions: Positions;
  /**
   * Waits, not for long, while those have more to do for whom nobody else can do it; asked with the time of an event
   * that is to be told, in milliseconds since the epoch.
   */
  readonly giveWay: (decidedMs: number) => Promise<void>;
  /** Null: somebody else runs the broker, and gives subscribers their credentials. */
  readonly admission: Admission | null;
  readonly digest: Digest;
  /** Where clients reach this server; null: at the host of their request. */
  readonly publicUrl: string | null;
}

export const PORTS = Symbol('EventsPorts');
