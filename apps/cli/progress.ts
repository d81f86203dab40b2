/** Shows how far long work has come. */
export interface Progress {
  /**
   * @param share of the work that is done, from 0 to 1; null: not known
   * @param events that were worked on
   */
  show(share: number | null, events: number): void;
  /** Takes the line away. */
  clear(): void;
}

const EVERY_MS = 100;
const BAR_CHARACTERS = 30;

/** One line on a terminal, written over and over; nothing where it is none. */
export function progressOn({ isTTY, write }: ProgressOutput, noun = 'events'): Progress {
  const startedMs = performance.now();
  let shownMs = -Infinity;
  let firstEvents: number | null = null;
  return {
    show(share, events) {
      firstEvents ??= events;
      const nowMs = performance.now();
      if (!isTTY || nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      const perS = Math.round(((events - firstEvents) * 1000) / Math.max(1, nowMs - startedMs));
      write(`\r\x1b[K${bar(share)}${events.toLocaleString('en')} ${noun}, ${perS.toLocaleString('en')}/s`);
    },
    clear() {
      if (isTTY) write('\r\x1b[K');
    },
  };
}

export interface ProgressOutput {
  readonly isTTY: boolean;
  readonly write: (text: string) => unknown;
}

/** Where progress is shown, so that standard output has the answer alone. */
export const terminal: ProgressOutput = {
  isTTY: process.stderr.isTTY === true,
  write: (text) => process.stderr.write(text),
};

function bar(share: number | null): string {
  if (share === null) return '';
  const done = Math.min(1, Math.max(0, share));
  const filled = Math.floor(done * BAR_CHARACTERS);
  return `[${'#'.repeat(filled)}${' '.repeat(BAR_CHARACTERS - filled)}] ${Math.floor(done * 100)} %  `;
}
