import type { EventLog } from '#event-log';
import type { LargeValues } from '#large-values';

/** What the API for auditors rests on. */
export interface AuditPorts {
  readonly log: EventLog;
  readonly largeValues: LargeValues;
  /** Name and version of this program. */
  readonly program: string;
}

export const PORTS = Symbol('AuditPorts');
