import { appJobEvents } from './app-job-history.js';
import { timeOf } from './history.js';
import type { History } from './history.js';

type Action = (history: History) => void;

interface Job {
  readonly id: number;
  readonly name: string;
  readonly cancelsRunning: boolean;
  /** Its runs that are being delivered. */
  readonly open: Set<number>;
  isPaused: boolean;
}

interface Run {
  readonly run: number;
  readonly job: number;
  attempts: number;
}

/** Jobs of apps at every point of their lives, as the rules allow. */
export class AppJobWorld {
  readonly #jobs = new Map<number, Job>();
  readonly #runs = new Map<number, Run>();
  readonly #letters = new Map<number, Run>();
  readonly #redelivered = new Map<number, Run>();
  readonly #apps = new Set<string>();
  #lastJob = 0;
  #lastRun = 0;

  possible(): readonly Action[] {
    return [
      ...[...this.#letters.values()].flatMap((run) => this.#ofLetter(run)),
      ...[...this.#runs.values(), ...this.#redelivered.values()].flatMap((run) => this.#ofRun(run)),
      ...[...this.#jobs.values()].flatMap((job) => this.#ofJob(job)),
      (history) => this.#schedule(history),
      (history) => this.#defineOrRemove(history),
      ...(this.#jobs.size > 1 ? [(history: History) => this.#deleteMany(history)] : []),
    ];
  }

  /** The runs that are being delivered, by number. */
  due(): readonly number[] {
    return [...this.#runs.keys(), ...this.#redelivered.keys()].sort((a, b) => a - b);
  }

  /** In the place of the one that has the name, if one has. */
  #schedule(history: History): void {
    const id = ++this.#lastJob;
    const name = ['a', 'B'][id % 2]!;
    const replaced = [...this.#jobs.values()].find((job) => job.name === name);
    if (replaced) this.#end(replaced);
    appJobEvents(history).scheduled(id, { name, app: `app${id % 2}`, replaces: replaced?.id ?? null });
    this.#jobs.set(id, { id, name, cancelsRunning: id % 3 === 0, open: new Set(), isPaused: false });
  }

  #defineOrRemove(history: History): void {
    const id = ['app0', 'app1'][history.events.length % 2]!;
    if (this.#apps.delete(id)) history.add('daybook.app.removed', { id });
    else {
      const token = history.events.length % 3 === 0 ? null : { commandId: 'c', values: { token: 's' } };
      history.add('daybook.app.defined', { id, addresses: [`http://${id}`], token, natsKey: null, callsAtOnce: 4 });
      this.#apps.add(id);
    }
  }

  #deleteMany(history: History): void {
    const jobs = [...this.#jobs.values()].slice(0, 2);
    for (const job of jobs) this.#end(job);
    history.add('daybook.app-jobs.deleted', { ids: jobs.map(({ id }) => id) });
  }

  #end(job: Job): void {
    for (const run of job.open) this.#runs.delete(run);
    this.#jobs.delete(job.id);
  }

  #ofJob(job: Job): readonly Action[] {
    const { id } = job;
    const fire: Action = (history) => {
      const run = ++this.#lastRun;
      const supersedes = job.cancelsRunning && job.open.size > 0;
      if (supersedes) for (const open of job.open) this.#runs.delete(open);
      if (supersedes) job.open.clear();
      appJobEvents(history).fired(id, run, { supersedes, ...(run % 4 === 0 && { nextRun: null }) });
      job.open.add(run);
      this.#runs.set(run, { run, job: id, attempts: 0 });
    };
    const pauseOrResume: Action = (history) => {
      const version = history.events.length + 1;
      history.add(`daybook.app-job.${job.isPaused ? 'resumed' : 'paused'}`, { id, version });
      job.isPaused = !job.isPaused;
    };
    const end: Action = (history) => {
      this.#end(job);
      if (job.open.size === 0) appJobEvents(history).skipped(id, { nextRun: null, endsJob: true });
      else history.add('daybook.app-job.deleted', { id, form: 'bare' });
    };
    return [
      fire,
      pauseOrResume,
      end,
      (history) => appJobEvents(history).skipped(id),
      (history) => history.add('daybook.app-job.replanned', { id, nextRun: timeOf(5000) }),
    ];
  }

  #ofRun(open: Run): readonly Action[] {
    const { run, job: id } = open;
    const attempt = open.attempts + 1;
    const job = this.#redelivered.has(run) ? undefined : this.#jobs.get(id);
    const isRedelivery = this.#redelivered.has(run);
    const ending = () => {
      this.#runs.delete(run);
      this.#redelivered.delete(run);
      job?.open.delete(run);
      const endsJob = job?.open.size === 0 && run % 4 === 0;
      if (job && endsJob) this.#end(job);
      return { attempt, isRedelivery, endsJob };
    };
    return [
      (history) => {
        open.attempts = attempt;
        appJobEvents(history).failed(id, run, attempt);
      },
      (history) => appJobEvents(history).delivered(id, run, { ...ending(), isUnknownToApp: run % 2 === 0 }),
      (history) => {
        appJobEvents(history).givenUp(id, run, ending());
        this.#letters.set(run, { ...open, attempts: attempt });
      },
    ];
  }

  #ofLetter(letter: Run): readonly Action[] {
    const { run, job: id } = letter;
    return [
      (history) => {
        this.#letters.delete(run);
        this.#redelivered.set(run, letter);
        history.add('daybook.app-job.redelivered', { id, run });
      },
      (history) => {
        this.#letters.delete(run);
        history.add('daybook.app-job.discarded', { id, run });
      },
    ];
  }
}
