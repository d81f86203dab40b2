/** How a wait for a position ended: it is there, it did not come in time, or the projection has stopped. */
export type WaitOutcome = 'reached' | 'late' | 'stopped';

/** Tells readers when what they wrote can be read. */
export interface Positions {
  /** The rows of a projection are now those of this position; also after it was behind or had stopped. */
  onPosition(projection: string, position: number): void;
  onStopped(projection: string): void;
  /** Waits until a projection has come to a position. A stopped one is told at once, whatever the position. */
  waitFor(projection: string, position: number, timeoutMs: number): Promise<WaitOutcome>;
}

interface Progress {
  position: number;
  isStopped: boolean;
  readonly waiting: Set<() => void>;
}

export function createPositions(): Positions {
  const projections = new Map<string, Progress>();

  const progressOf = (name: string): Progress => {
    let progress = projections.get(name);
    if (progress === undefined) {
      projections.set(name, (progress = { position: 0, isStopped: false, waiting: new Set<() => void>() }));
    }
    return progress;
  };

  const change = (name: string, to: Partial<Pick<Progress, 'position' | 'isStopped'>>): void => {
    const progress = Object.assign(progressOf(name), to);
    for (const look of progress.waiting) look();
  };

  return {
    onPosition: (name, position) => change(name, { position, isStopped: false }),
    onStopped: (name) => change(name, { isStopped: true }),
    waitFor(name, position, timeoutMs) {
      const progress = progressOf(name);
      const verdict = () => (progress.isStopped ? 'stopped' : progress.position >= position ? 'reached' : null);
      const now = verdict();
      if (now !== null) return Promise.resolve(now);
      return new Promise((resolve) => {
        const end = (outcome: WaitOutcome) => {
          clearTimeout(timer);
          progress.waiting.delete(look);
          resolve(outcome);
        };
        const look = () => {
          const outcome = verdict();
          if (outcome !== null) end(outcome);
        };
        const timer = setTimeout(() => end('late'), timeoutMs);
        progress.waiting.add(look);
      });
    },
  };
}
