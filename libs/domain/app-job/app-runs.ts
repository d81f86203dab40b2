import { NumberTable } from '../compact/number-table.js';
import type { AppJob, AppJobData } from './app-jobs.js';
import type { FailurePolicy } from './events.js';

/** A run of a job that is being delivered, or waits for that. */
export interface AppRun {
  /** Its number. */
  readonly run: number;
  readonly job: number;
  readonly occurrenceMs: number;
  /** Attempts that have failed. */
  readonly failed: number;
  /** When its next attempt is to be. */
  readonly plannedMs: number;
  /** The run of the same job before it that is being delivered too; 0: there is none. */
  readonly previous: number;
}

const JOB = 1;
const OCCURRENCE_MS = 2;
const FAILED = 3;
const PLANNED_MS = 4;
const PREVIOUS = 5;
const FIELDS = 6;

/** Runs by their numbers, in about 60 bytes each. */
export class AppRuns {
  readonly #table = new NumberTable(FIELDS);

  get size(): number {
    return this.#table.size;
  }

  get(run: number): AppRun | undefined {
    const row = this.#table.find(run);
    return row < 0 ? undefined : this.#run(row);
  }

  add({ run, job, occurrenceMs, failed, plannedMs, previous }: AppRun): void {
    const row = this.#table.add(run);
    this.#table.set(row, JOB, job);
    this.#table.set(row, OCCURRENCE_MS, occurrenceMs);
    this.#table.set(row, FAILED, failed);
    this.#table.set(row, PLANNED_MS, plannedMs);
    this.#table.set(row, PREVIOUS, previous);
  }

  failed(run: number, plannedMs: number): void {
    const row = this.#table.find(run);
    this.#table.set(row, FAILED, this.#table.get(row, FAILED) + 1);
    this.#table.set(row, PLANNED_MS, plannedMs);
  }

  setPrevious(run: number, previous: number): void {
    this.#table.set(this.#table.find(run), PREVIOUS, previous);
  }

  delete(run: number): void {
    const row = this.#table.find(run);
    if (row >= 0) this.#table.remove(row);
  }

  /** In the order of their numbers. */
  *[Symbol.iterator](): Iterator<AppRun> {
    for (const row of this.#table.byId()) yield this.#run(row);
  }

  #run(row: number): AppRun {
    return {
      run: this.#table.get(row, 0),
      job: this.#table.get(row, JOB),
      occurrenceMs: this.#table.get(row, OCCURRENCE_MS),
      failed: this.#table.get(row, FAILED),
      plannedMs: this.#table.get(row, PLANNED_MS),
      previous: this.#table.get(row, PREVIOUS),
    };
  }
}

/** A run that was given up; its job may be gone. */
export interface DeadLetter extends Pick<AppJob, 'app' | 'name'>, AppJobData {
  readonly run: number;
  readonly job: number;
  readonly failurePolicy: FailurePolicy | null;
  readonly occurrenceMs: number;
  /** Attempts that have failed. */
  failed: number;
  /** Of these, how many before it was last asked for again; null: nobody has, or it was given up once more. */
  failedBefore: number | null;
  /** When its next attempt is to be, where it was asked for again. */
  plannedMs: number;
}
