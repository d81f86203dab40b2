/** Has something done after all that came before it. */
export type InTurns = (work: () => void) => void;

/** Longest time for which things are done in a row, before others have their turn. */
const TURN_MS = 5;

/** Does what it is given in its order, soon, and never so much in a row that others have to wait for it. */
export function inTurns(): InTurns {
  const waiting: (() => void)[] = [];
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(turn);
  }

  function turn(): void {
    isScheduled = false;
    const untilMs = performance.now() + TURN_MS;
    let done = 0;
    while (done < waiting.length && (done === 0 || performance.now() < untilMs)) waiting[done++]!();
    waiting.splice(0, done);
    if (waiting.length > 0) schedule();
  }

  return (work) => {
    waiting.push(work);
    schedule();
  };
}
