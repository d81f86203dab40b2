/** As long as this something waits in a rush. */
const MOST_MS = 1000;

interface Waiting {
  readonly work: () => void;
  readonly untilMs: number;
}

/**
 * Has what follows from commits wait, in its order, while the writer has more to decide than fits in the next one; then
 * it is done commit by commit, so that the writer has its turns.
 */
export function afterRush() {
  let isRush = false;
  let waiting: Waiting[] = [];
  let isAtIt = false;
  let look: () => void = () => undefined;

  /** Until something has changed, or so long. */
  async function pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      look = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  async function catchUp(): Promise<void> {
    isAtIt = true;
    while (waiting.length > 0) {
      const leftMs = isRush ? waiting[0]!.untilMs - performance.now() : 0;
      if (leftMs > 0) {
        await pause(leftMs);
        continue;
      }
      waiting.shift()!.work();
      await new Promise((resolve) => setImmediate(resolve));
    }
    isAtIt = false;
  }

  return {
    /** Does something after all that came before it: what may not wait at once, all else when there is no rush. */
    do(work: () => void, mayWait: boolean): void {
      if (!mayWait || !(isRush || isAtIt)) {
        for (const before of waiting.splice(0)) before.work();
        return work();
      }
      waiting.push({ work, untilMs: performance.now() + MOST_MS });
      if (!isAtIt) void catchUp();
    },
    tell(isOn: boolean): void {
      isRush = isOn;
      if (!isOn) look();
    },
    /** Forgets what waits, and the rush. */
    clear(): void {
      waiting = [];
      isRush = false;
      look();
    },
  };
}
