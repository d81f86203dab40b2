export interface WriterEvents {
  /** First event of a reign. Once it is stored, no commit of an older reign can land. */
  'daybook.writer.opened': {
    /** Counts the reigns of the log: 1, 2, 3 … */
    readonly reign: number;
    /** Name and version of the program that writes. */
    readonly program: string;
    /** A process that knows only lower levels must not write to this log. */
    readonly logFormat: number;
    /** Version of the time-zone data of the runtime, e.g. "2026b". */
    readonly timeZoneData: string;
    /** Tells whether a process holds the key that sealed the parameters, without telling the key. */
    readonly keyCheck: string;
    /** The writer's wall clock, RFC 3339. */
    readonly clock: string;
  };
  /** The writer's wall clock was set, or the machine slept. */
  'daybook.writer.clock-stepped': {
    /** The time that the writer went by until then, RFC 3339. */
    readonly from: string;
    /** What the wall clock showed at that moment, RFC 3339. */
    readonly to: string;
    /** Whether the writer goes by the wall clock again; false: it goes on by the old time until the broker agrees. */
    readonly followed: boolean;
  };
}
