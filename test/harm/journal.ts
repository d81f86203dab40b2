export type Kind = 'schedule' | 'delete' | 'run' | 'stop';

/** A command that a caller sent until it was answered, always under the same key. */
export interface Sent {
  readonly kind: Kind;
  readonly key: string;
  /** How often it was sent before the answer, with an outcome that nobody knew: a broken connection, no answer, 504. */
  readonly unknown: number;
  /** How often it was answered that it was not taken: 503, or nobody there. */
  readonly notTaken: number;
  readonly answer: Answered;
}

export interface Answered {
  readonly status: number;
  /** Of the scheduled job or job that it made or was about; null where it was refused. */
  readonly id: number | null;
}

/** A time without an answer, as one caller saw it: from its first attempt that failed to the one that succeeded. */
export interface Outage {
  readonly ms: number;
  /** What was being harmed when it began. */
  readonly during: string;
}

/** What callers have sent and seen. */
export interface Journal {
  readonly sent: Sent[];
  readonly outages: Outage[];
  readonly reads: { answered: number; stale: number; broken: number };
  /** Answers sent for a second time and compared. */
  repeated: number;
  /** What no caller should see, in words. */
  readonly faults: string[];
  /** What is being harmed. */
  present: string;
}

export function newJournal(): Journal {
  return {
    sent: [],
    outages: [],
    reads: { answered: 0, stale: 0, broken: 0 },
    repeated: 0,
    faults: [],
    present: 'nothing',
  };
}

export const isAccepted = ({ answer }: Sent) => answer.status < 300;
