/** As long as this a rush is waited for, and then not again before it is over. */
const RUSH_MS = 1000;

/** When a rush is over, what waited is done after the next commit, which is on its way, or so much later. */
const CALM_MS = 20;

/** Has what follows from commits wait, in its order, while the writer has more to decide than fits in the next one. */
export function afterRush() {
  let isRush = false;
  let hasWaited = false;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  function catchUp(): void {
    clearTimeout(timer);
    timer = undefined;
    hasWaited = isRush;
    for (const work of waiting.splice(0)) work();
  }
  return {
    /** Does something after all that came before it: now, or when there is no rush any more. */
    do(work: () => void): void {
      waiting.push(work);
      if (!isRush || hasWaited) return catchUp();
      timer ??= setTimeout(catchUp, RUSH_MS);
    },
    tell(isOn: boolean): void {
      if (isOn === isRush) return;
      isRush = isOn;
      hasWaited = false;
      if (isOn || waiting.length === 0) return;
      clearTimeout(timer);
      timer = setTimeout(catchUp, CALM_MS);
    },
    /** Forgets what waits, and the rush. */
    clear(): void {
      clearTimeout(timer);
      timer = undefined;
      isRush = false;
      waiting = [];
    },
  };
}
