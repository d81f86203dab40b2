import type { Run } from './run.js';

/** One node as the dispatcher sees it. */
export class Receiver {
  /** Released and not ended, by job. */
  readonly runs = new Map<number, Run>();
  /** Of these, the ones to be sent, in order. */
  readonly unsent = new Set<Run>();
  /** Ids of runs that must not start, or must end, until the agent has taken note. */
  readonly stops = new Set<string>();
  /** When its agent was last heard, on the monotonic clock; null: never. */
  seenMs: number | null = null;
  isBusy = false;

  constructor(readonly node: string) {}

  add(run: Run): void {
    this.runs.set(run.job, run);
    if (!run.isAccepted) this.unsent.add(run);
  }

  /** The agent has told that a run began, perhaps before its answer to the run itself came. */
  begin(job: number): void {
    const run = this.runs.get(job);
    if (!run) return;
    run.isAccepted = true;
    this.unsent.delete(run);
  }

  /** Forgets a run that has ended. Where it may be on its way to the agent although it ended here, it is stopped. */
  end(job: number, isEndedByAgent: boolean): void {
    const run = this.runs.get(job);
    if (!run) return;
    this.runs.delete(job);
    const wasSent = !this.unsent.delete(run);
    if (wasSent && !isEndedByAgent) this.stops.add(run.id);
  }

  clear(): void {
    this.runs.clear();
    this.unsent.clear();
  }

  /** Brings what is to be done in line with what the agent says that it holds; gives the runs that it has lost. */
  reconcile(holding: readonly string[], wanted: readonly string[]): Run[] {
    const known = new Map(Array.from(this.runs.values(), (run) => [run.id, run]));
    const held = new Set(holding);
    for (const id of held) if (!known.has(id)) this.stops.add(id);
    for (const id of wanted) if (known.has(id)) this.unsent.add(known.get(id)!);
    return [...known.values()].filter((run) => run.isAccepted && !held.has(run.id));
  }
}
