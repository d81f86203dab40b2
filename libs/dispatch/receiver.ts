import { connectedForMs } from '#agent-protocol';
import type { Hello } from '#agent-protocol';
import type { Run } from './run.js';

/** Runs that one agent is sent and has not ended at the same time; further ones wait here. */
export const WINDOW_RUNS = 1000;

/** One agent as the dispatcher sees it. */
export class Receiver {
  /** Released and not ended, by id. Another map after each `clear`. */
  runs = new Map<string, Run>();
  /** Of these, the ones that the agent has not taken, in order. */
  readonly unsent = new Set<Run>();
  /** Of these, the ones that the agent has taken and must be sent again. */
  readonly wanted = new Set<Run>();
  /** Ids of runs that must not start, or must end, until the agent has taken note. */
  readonly stops = new Set<string>();
  /** When it was last heard, on the monotonic clock; null: never. */
  seenMs: number | null = null;
  #connectedUntilMs = 0;
  isBusy = false;

  constructor(readonly agent: string) {}

  get isConnected(): boolean {
    return performance.now() < this.#connectedUntilMs;
  }

  heard(hello: Pick<Hello, 'againMs'>): void {
    this.seenMs = performance.now();
    this.#connectedUntilMs = this.seenMs + connectedForMs(hello);
  }

  /** What may be sent, in order: first what the agent cannot go on without. */
  *toSend(): Iterable<Run> {
    yield* this.wanted;
    yield* this.unsent;
  }

  /** How many more runs it may be given now. */
  get room(): number {
    return Math.max(0, WINDOW_RUNS - (this.runs.size - this.unsent.size));
  }

  /** Whether there is nothing to send. */
  get isIdle(): boolean {
    return this.stops.size === 0 && this.wanted.size === 0 && (this.unsent.size === 0 || this.room === 0);
  }

  add(run: Run): void {
    this.runs.set(run.id, run);
    if (!run.isAccepted) this.unsent.add(run);
  }

  /** The agent has written a run down: it has answered so, or has told that the run began. */
  accept(run: Run): void {
    run.isAccepted = true;
    this.unsent.delete(run);
  }

  /** Forgets a run that has ended. Where it may be on its way to the agent although it ended here, it is stopped. */
  end(run: Run, isEndedByAgent: boolean): void {
    run.isEndedByAgent = isEndedByAgent;
    this.runs.delete(run.id);
    this.wanted.delete(run);
    const wasSent = !this.unsent.delete(run);
    if (wasSent && !isEndedByAgent) this.stops.add(run.id);
  }

  clear(): void {
    this.runs = new Map();
    this.unsent.clear();
    this.wanted.clear();
    this.stops.clear();
  }

  /** Brings what is to be done in line with what the agent says that it holds; gives the runs that it has lost. */
  reconcile(holding: readonly string[], wanted: readonly string[]): Run[] {
    const held = new Set(holding);
    for (const id of held) if (!this.runs.has(id)) this.stops.add(id);
    for (const run of wanted.flatMap((id) => this.runs.get(id) ?? [])) {
      this.accept(run);
      this.wanted.add(run);
    }
    return [...this.runs.values()].filter((run) => run.isAccepted && !held.has(run.id));
  }
}
