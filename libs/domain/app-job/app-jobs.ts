import { hashOfText } from '../compact/hash.js';
import { NumberTable } from '../compact/number-table.js';
import { RowIndex } from '../compact/row-index.js';
import { SharedJson } from '../compact/shared-json.js';
import { Texts } from '../compact/texts.js';
import type { Json, LargeValue } from '../json.js';
import type { AppJobForm, AppJobSpec } from './events.js';

/** A job of an app that has not ended. */
export interface AppJob extends AppJobNumbers {
  readonly app: string;
  readonly name: string;
  readonly form: AppJobForm;
  readonly rules: AppJobRules;
}

/** The JSON text of a job's data, or where it is kept; both null: it has none. */
export interface AppJobData {
  readonly payload: string | null;
  readonly large: LargeValue | null;
}

/** What is still of interest of a job's spec once it has been planned. */
export type AppJobRules = Omit<AppJobSpec, 'dueTime' | 'ttl'> & {
  /** Whether the first occurrence is where the job said, and not where its schedule has it. */
  readonly hasDueTime: boolean;
};

export interface AppJobNumbers {
  readonly id: number;
  readonly version: number;
  /** Null: there is no further occurrence. */
  readonly nextMs: number | null;
  /** Null: no limit. */
  readonly expiresMs: number | null;
  /** Occurrences that have fired. */
  readonly fired: number;
  readonly isPaused: boolean;
  /** Number of its last run that is being delivered; 0: none is. */
  readonly lastRun: number;
}

/** Fields of the table; of times NaN stands for none. */
const VERSION = 1;
const NEXT_MS = 2;
const EXPIRES_MS = 3;
const FIRED = 4;
const LAST_RUN = 5;
/** From here on they are small. */
const PAUSED = 6;
/** Of app and name. */
const HASH = 7;
/** Of a row that is free there is none. */
const NAME = 8;
const APP = 9;
const SAID = 10;
const DATA = 11;
const FIELDS = 12;
const NONE = -1;

interface Contents {
  readonly [APP]: string;
  readonly [SAID]: Pick<AppJob, 'form' | 'rules'>;
  /** What it is, or where it is kept. */
  readonly [DATA]: string | LargeValue | null;
}

/** The jobs of apps that have not ended, by id and by app and name, in about 150 bytes each and what only one says. */
export class AppJobs {
  readonly #table = new NumberTable(PAUSED, FIELDS - PAUSED);
  readonly #index = new RowIndex((row) => this.#table.get(row, HASH));
  #rows = 0;
  readonly #names = new Texts();
  /** Of the job that was added last: jobs that come one after the other often say the same. */
  #lastContents: readonly number[] = [];
  readonly contents = new SharedJson();

  get size(): number {
    return this.#table.size;
  }

  get(id: number): AppJob | undefined {
    const row = this.#table.find(id);
    return row < 0 ? undefined : this.#job(row);
  }

  /** Of one that is here. */
  numbersOf(id: number): AppJobNumbers {
    return this.#numbers(this.#table.find(id));
  }

  /** Of one that is here. */
  rulesOf(id: number): AppJobRules {
    return this.#content(this.#table.find(id), SAID).rules;
  }

  find(app: string, name: string): AppJob | undefined {
    const hash = hashOf(app, name);
    const row = this.#index.find(
      hash,
      (each) => this.#table.get(each, HASH) === hash && this.#isCalled(each, app, name),
    );
    return row < 0 ? undefined : this.#job(row);
  }

  /** What it sends to its app. */
  dataOf(id: number): AppJobData {
    const data = this.#content(this.#table.find(id), DATA);
    return typeof data === 'object' ? { payload: null, large: data } : { payload: data, large: null };
  }

  add(job: AppJob, { payload, large }: AppJobData): void {
    const { app, form, rules } = job;
    const said = [app, { form, rules }, large ?? payload] as unknown as readonly Json[];
    this.#lastContents = said.map((content, place) => this.contents.hold(content, this.#lastContents[place]));
    this.addRow(job, this.#lastContents);
  }

  /** Adds one whose app, what it says, and data have been held for it. */
  addRow(job: AppJobNumbers & Pick<AppJob, 'name'>, contents: readonly number[]): void {
    const { id, name, version, nextMs, expiresMs, fired, isPaused, lastRun } = job;
    const row = this.#table.add(id);
    this.#set(row, VERSION, version);
    this.#set(row, NEXT_MS, nextMs ?? NaN);
    this.#set(row, EXPIRES_MS, expiresMs ?? NaN);
    this.#set(row, FIRED, fired);
    this.#set(row, PAUSED, Number(isPaused));
    this.#set(row, LAST_RUN, lastRun);
    contents.forEach((content, index) => this.#set(row, APP + index, content));
    this.#set(row, NAME, this.#names.add(name));
    this.#set(row, HASH, hashOf(this.#content(row, APP), name));
    this.#index.add(row);
    this.#rows = Math.max(this.#rows, row + 1);
  }

  delete(id: number): void {
    const row = this.#table.find(id);
    if (row < 0) return;
    this.#index.remove(row);
    for (let field = APP; field < FIELDS; field++) this.contents.release(this.#table.get(row, field));
    this.#names.remove(this.#table.get(row, NAME));
    this.#set(row, NAME, NONE);
    this.#table.remove(row);
  }

  setNext(id: number, nextMs: number | null): void {
    this.#set(this.#table.find(id), NEXT_MS, nextMs ?? NaN);
  }

  setLastRun(id: number, run: number): void {
    this.#set(this.#table.find(id), LAST_RUN, run);
  }

  countFired(id: number): void {
    const row = this.#table.find(id);
    this.#set(row, FIRED, this.#table.get(row, FIRED) + 1);
  }

  setPaused(id: number, isPaused: boolean, version: number): void {
    const row = this.#table.find(id);
    this.#set(row, PAUSED, Number(isPaused));
    this.#set(row, VERSION, version);
  }

  /**
   * Ids of an app's jobs whose names begin so, at most `most` of them, of `rows` rows from a place on.
   * @returns the place to go on from; null: there are no more
   */
  withPrefix(app: string, prefix: string, from: number, rows: number, most: number): [number[], next: number | null] {
    const ids: number[] = [];
    const end = Math.min(this.#rows, from + rows);
    for (let row = from; row < end; row++) {
      if (ids.length === most) return [ids, row];
      const isFree = this.#table.get(row, NAME) === NONE;
      if (!isFree && this.#content(row, APP) === app && this.#name(row).startsWith(prefix)) {
        ids.push(this.#table.get(row, 0));
      }
    }
    return [ids, end < this.#rows ? end : null];
  }

  /** With the numbers of app, what they say, and data, in the order of their ids. */
  *rows(): Iterable<readonly [AppJobNumbers & Pick<AppJob, 'name'>, contents: readonly number[]]> {
    for (const row of this.#table.byId()) {
      const contents = [APP, SAID, DATA].map((field) => this.#table.get(row, field));
      yield [{ ...this.#numbers(row), name: this.#name(row) }, contents];
    }
  }

  #job(row: number): AppJob {
    return {
      ...this.#numbers(row),
      app: this.#content(row, APP),
      name: this.#name(row),
      ...this.#content(row, SAID),
    };
  }

  #numbers(row: number): AppJobNumbers {
    return {
      id: this.#table.get(row, 0),
      version: this.#table.get(row, VERSION),
      nextMs: numberOrNull(this.#table.get(row, NEXT_MS)),
      expiresMs: numberOrNull(this.#table.get(row, EXPIRES_MS)),
      fired: this.#table.get(row, FIRED),
      isPaused: this.#table.get(row, PAUSED) === 1,
      lastRun: this.#table.get(row, LAST_RUN),
    };
  }

  #isCalled(row: number, app: string, name: string): boolean {
    return this.#names.isEqual(this.#table.get(row, NAME), name) && this.#content(row, APP) === app;
  }

  #name(row: number): string {
    return this.#names.get(this.#table.get(row, NAME));
  }

  #content<F extends keyof Contents>(row: number, field: F): Contents[F] {
    return this.contents.value(this.#table.get(row, field)) as unknown as Contents[F];
  }

  #set(row: number, field: number, value: number): void {
    this.#table.set(row, field, value);
  }
}

const hashOf = (app: string, name: string) => hashOfText(app) ^ Math.imul(hashOfText(name), 31);

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);
