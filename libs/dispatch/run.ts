/** A run that has been released to its node and has not ended. */
export interface Run {
  readonly id: string;
  readonly job: number;
  readonly node: string;
  /** Name of the agent that carries it out: the node's own, or that of the server where the node has none. */
  readonly agent: string;
  /** Until when it waits for its agent at least, on the clock of `performance`. */
  readonly waitsUntilMs: number;
  /** The agent has written it down, or has even reported its start. */
  isAccepted: boolean;
  /** It is being reported as errored. */
  isGivenUp: boolean;
  /** It has come to its end on the node, by the agent's own report. */
  isEndedByAgent: boolean;
}

/** The run ids of one log: no two logs, jobs or nodes share one, and the same run has the same always. */
export const runIds = (streamId: string) => {
  const log = streamId.replaceAll('-', '').slice(0, 12);
  return {
    /** `index` is the place of the node in its job. */
    of: (job: number, index: number) => `${log}-${job}-${index}`,
  };
};

export type RunIds = ReturnType<typeof runIds>;
