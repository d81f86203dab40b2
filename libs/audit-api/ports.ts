import type { EventLog } from '#event-log';
import type { Positions } from '#http';
import type { LargeValues } from '#large-values';
import type { Queries } from '#read-store';
import type { CommandGateway } from '#writer';

/** What the API for auditors rests on. */
export interface AuditPorts {
  readonly gateway: Pick<CommandGateway, 'readIndex'>;
  readonly queries: Queries;
  readonly positions: Positions;
  readonly log: EventLog;
  readonly largeValues: LargeValues;
  readonly publicUrl: string | null;
  /** Name and version of this program. */
  readonly program: string;
}

export const PORTS = Symbol('AuditPorts');
