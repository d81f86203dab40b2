import { NumberTable } from './compact/number-table.js';
import { SharedJson } from './compact/shared-json.js';
import type { Json, JsonObject } from './json.js';
import type { WhatRuns } from './scheduled-job/what-runs.js';

/** An active schedule. */
export type Schedule = WhatRuns & ScheduleParts;

interface ScheduleParts {
  readonly id: number;
  readonly owner: string;
  readonly description: string;
  readonly userdata: JsonObject;
  readonly intervalMs: number | null;
  readonly nextMs: number;
  /** The job, or plan job, of its last occurrence that fired; null: none yet. */
  readonly lastJob: number | null;
}

/** What a schedule says, which often is what others say too. */
export const CONTENTS = ['spec', 'scope', 'owner', 'description', 'userdata'] as const;

/** A schedule with the numbers of its contents, in the order of `CONTENTS`, for the contents themselves. */
export interface ScheduleRow extends Omit<ScheduleParts, (typeof CONTENTS)[number]> {
  readonly contents: readonly number[];
}

/** Fields of the table; the contents follow after them, and are small. */
const INTERVAL_MS = 1;
const NEXT_MS = 2;
const LAST_JOB = 3;
const FIRST_CONTENT = 4;

/** The active schedules by id, in about 60 bytes each and once more what no other one says. */
export class Schedules {
  readonly #table = new NumberTable(FIRST_CONTENT, CONTENTS.length);
  readonly contents = new SharedJson();
  /** Of the schedule that was added last: schedules that come one after the other often say the same. */
  #lastContents: readonly number[] = [];

  get size(): number {
    return this.#table.size;
  }

  has(id: number): boolean {
    return this.#table.find(id) >= 0;
  }

  /** As it is now; undefined: there is none with this id. */
  get(id: number): Schedule | undefined {
    const row = this.#table.find(id);
    if (row < 0) return undefined;
    return {
      id,
      intervalMs: this.#intervalMs(row),
      nextMs: this.#table.get(row, NEXT_MS),
      lastJob: this.#lastJob(row),
      ...({ spec: this.#content(row, 0), scope: this.#content(row, 1) } as unknown as WhatRuns),
      owner: this.#content(row, 2) as string,
      description: this.#content(row, 3) as string,
      userdata: this.#content(row, 4) as JsonObject,
    };
  }

  add(schedule: Schedule): void {
    const { id, intervalMs, nextMs, lastJob } = schedule;
    const contents = CONTENTS.map((name, place) =>
      this.contents.hold(schedule[name] as Json, this.#lastContents[place]),
    );
    this.addRow({ id, intervalMs, nextMs, lastJob, contents });
    this.#lastContents = contents;
  }

  /** Adds one whose contents have been held for it. */
  addRow({ id, intervalMs, nextMs, lastJob, contents }: ScheduleRow): void {
    const row = this.#table.add(id);
    this.#table.set(row, INTERVAL_MS, intervalMs ?? 0);
    this.#table.set(row, NEXT_MS, nextMs);
    this.#table.set(row, LAST_JOB, lastJob ?? 0);
    contents.forEach((content, index) => this.#table.set(row, FIRST_CONTENT + index, content));
  }

  setNext(id: number, nextMs: number): void {
    this.#table.set(this.#table.find(id), NEXT_MS, nextMs);
  }

  setLastJob(id: number, lastJob: number): void {
    this.#table.set(this.#table.find(id), LAST_JOB, lastJob);
  }

  delete(id: number): void {
    const row = this.#table.find(id);
    if (row < 0) return;
    for (let each = 0; each < CONTENTS.length; each++) {
      this.contents.release(this.#table.get(row, FIRST_CONTENT + each));
    }
    this.#table.remove(row);
  }

  /** In the order of their ids. */
  *rows(): Iterable<ScheduleRow> {
    for (const row of this.#table.byId()) {
      yield {
        id: this.#table.get(row, 0),
        intervalMs: this.#intervalMs(row),
        nextMs: this.#table.get(row, NEXT_MS),
        lastJob: this.#lastJob(row),
        contents: CONTENTS.map((_, each) => this.#table.get(row, FIRST_CONTENT + each)),
      };
    }
  }

  #intervalMs(row: number): number | null {
    return this.#table.get(row, INTERVAL_MS) || null;
  }

  #lastJob(row: number): number | null {
    return this.#table.get(row, LAST_JOB) || null;
  }

  /** @param each place in `CONTENTS` */
  #content(row: number, each: number): Json {
    return this.contents.value(this.#table.get(row, FIRST_CONTENT + each));
  }
}
