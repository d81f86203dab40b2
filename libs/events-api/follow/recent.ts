import type { LogPosition } from '#event-log';
import type { SharedCommit } from './shared-event.js';

/** What is kept for readers who come from history and are a little behind. */
const MAX_BYTES = 512 * 1024;

/** The last commits that were followed, without a gap. */
export class RecentCommits {
  #commits: SharedCommit[] = [];
  #bytes = 0;

  /** @param end where the log was when following began */
  constructor(public end: LogPosition) {}

  /** Number of the event before the first of them. */
  get after(): number {
    const [oldest] = this.#commits;
    return oldest ? oldest.first - 1 : this.end.number;
  }

  get commits(): readonly SharedCommit[] {
    return this.#commits;
  }

  add(commit: SharedCommit): void {
    this.#commits.push(commit);
    this.#bytes += commit.bytes;
    this.end = commit.position;
    while (this.#bytes > MAX_BYTES && this.#commits.length > 1) this.#bytes -= this.#commits.shift()!.bytes;
  }
}
