import type { Progress } from './progress.js';
import { progressOn, terminal } from './progress.js';

/** Shows how many of the nodes of a job have come to their end. */
export function nodeProgress() {
  let progress: Progress | null = null;
  let total = 0;
  let done = 0;
  const show = () => progress?.show(total === 0 ? null : done / total, done);
  return {
    start(nodes: number, ended: number): void {
      progress = progressOn(terminal, `of ${nodes} nodes`);
      total = nodes;
      done = ended;
      show();
    },
    /** One more has ended. */
    step(): void {
      done = Math.min(total, done + 1);
      show();
    },
    clear: () => progress?.clear(),
  };
}
