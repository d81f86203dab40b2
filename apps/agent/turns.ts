/** A place among those that may go on at the same time, or in the line for one. */
export interface Turn {
  /** Resolves when it may go on. */
  readonly begun: Promise<void>;
  /** Lets it go on now, also where no place is free. */
  begin(): void;
  /** Leaves its place to the next one. Once is enough; more often changes nothing. */
  end(): void;
}

/** Lets `atOnce` of those that take a turn go on at the same time, in the order in which they came. */
export function openTurns(atOnce: number): () => Turn {
  const line = new Set<() => void>();
  let free = atOnce;

  function letIn(): void {
    for (const begin of line) {
      if (free <= 0) return;
      begin();
    }
  }

  return function take() {
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    let state: 'waiting' | 'going' | 'over' = 'waiting';

    function begin(): void {
      if (state !== 'waiting') return;
      state = 'going';
      line.delete(begin);
      free -= 1;
      resolve();
    }

    function end(): void {
      if (state === 'going') free += 1;
      line.delete(begin);
      state = 'over';
      letIn();
    }

    line.add(begin);
    letIn();
    return { begun, begin, end };
  };
}
