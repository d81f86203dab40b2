import fc from 'fast-check';

import type { RecordedEvent } from '#domain';

import { deploy, History, placeOf, planSpec, timeOf } from './history.js';
import { AppJobWorld } from './random-app-jobs.js';

type Action = (history: History) => void;

const ACTIONS = ['task', 'command', 'script', 'upload', 'download', 'wait'] as const;

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 80, size: 'medium' });

/** Histories that the rules allow: schedules that fire, are skipped and end, jobs, those of apps and plans at every point of their lives. */
export const histories: fc.Arbitrary<readonly RecordedEvent[]> = choices.map((all) => {
  const history = new History().subject('admin', 'admin');
  const worlds = [new World(), new AppJobWorld()] as const;
  for (const choice of all) {
    const actions = worlds[choice % 2 === 0 ? 0 : 1].possible();
    actions[Math.floor(choice / 2) % actions.length]!(history);
  }
  return history.events;
});

/** Histories of jobs of apps, with the runs that are being delivered in the end. */
export const appJobHistories = choices.map((all) => {
  const history = new History();
  const world = new AppJobWorld();
  for (const choice of all) {
    const actions = world.possible();
    actions[choice % actions.length]!(history);
  }
  return { events: history.events, due: world.due() };
});

interface OpenJob {
  readonly id: number;
  readonly nodes: Map<string, 'new' | 'running'>;
  isStarted: boolean;
  stops: number;
}

interface OpenPlanJob {
  readonly id: number;
  isStarted: boolean;
  steps: number;
}

class World {
  readonly #schedules = new Set<number>();
  readonly #jobs = new Map<number, OpenJob>();
  readonly #groups = new Set<string>();
  #isMet = false;
  #lastSchedule = 0;
  #lastJob = 0;
  readonly #planJobs = new Map<number, OpenPlanJob>();
  #lastPlanJob = 0;
  readonly #roles = new Set<number>();
  #lastRole = 1;
  #lastToken = 0;

  possible(): readonly Action[] {
    const known = [...this.#schedules].flatMap((id) => this.#ofSchedule(id));
    const open = [...this.#jobs.values()].flatMap((job) => this.#ofJob(job));
    const plans = [...this.#planJobs.values()].flatMap((planJob) => this.#ofPlanJob(planJob));
    const register: Action = (history) => history.subject('admin', `admin ${history.events.length}`);
    return [
      register,
      (history) => this.#defineGroup(history),
      (history) => this.#meetOrForget(history),
      ...(this.#groups.size > 0 ? [(history: History) => this.#deleteGroup(history)] : []),
      (history) => this.#defineRole(history),
      (history) => this.#issueToken(history),
      ...[...this.#roles].slice(0, 1).map((id) => (history: History) => this.#deleteRole(history, id)),
      (history) => this.#schedule(history),
      (history) => this.#create(history, null),
      (history) => this.#plan(history, null),
      ...(this.#lastJob > this.#jobs.size ? [(history: History) => this.#prune(history)] : []),
      ...known,
      ...open,
      ...plans,
    ];
  }

  #defineRole(history: History): void {
    const id = ++this.#lastRole;
    const said = { id, description: '', permissions: [] };
    history.add('daybook.role.defined', { ...said, display_name: 'first' });
    history.add('daybook.role.defined', { ...said, display_name: `\0${history.events.length}` });
    this.#roles.add(id);
  }

  #deleteRole(history: History, id: number): void {
    history.add('daybook.role.deleted', { id });
    this.#roles.delete(id);
  }

  #issueToken(history: History): void {
    const id = ++this.#lastToken;
    const said = { label: null, description: '\0', expiresAt: null, byLogin: id % 2 === 0 };
    history.add('daybook.token.issued', { id, subject: 'admin', digest: 'd', ...said });
    if (id % 3 === 0) history.add('daybook.token.revoked', { id: id - 1 });
  }

  #schedule(history: History): void {
    const id = ++this.#lastSchedule;
    const others = [{}, { spec: planSpec(), scope: null }, { spec: deploy() }] as const;
    history.schedule(id, others[id % 3]);
    this.#schedules.add(id);
  }

  #create(history: History, scheduledJob: number | null, of?: OpenPlanJob): void {
    const id = ++this.#lastJob;
    const nodes = ['n2', 'n\0', 'n1'].slice(0, 1 + (history.events.length % 3));
    const planJob = of && { id: of.id, action: ACTIONS[id % ACTIONS.length]!, step: ++of.steps, at: placeOf(of.steps) };
    history.job(id, { nodes, scheduledJob, ...(planJob ? { planJob } : id % 3 === 0 && { spec: deploy() }) });
    this.#jobs.set(id, { id, nodes: new Map(nodes.map((node) => [node, 'new'])), isStarted: false, stops: 0 });
  }

  #plan(history: History, scheduledJob: number | null): void {
    const id = ++this.#lastPlanJob;
    const runsElsewhere = history.events.length % 2 === 0;
    history.plan(id, { scheduledJob, runsElsewhere, description: '\0' });
    this.#planJobs.set(id, { id, isStarted: runsElsewhere, steps: 0 });
  }

  #ofPlanJob(planJob: OpenPlanJob): readonly Action[] {
    const { id } = planJob;
    const finish: Action = (history) => {
      const state = history.events.length % 2 === 0 ? 'success' : 'failure';
      history.add('daybook.plan-job.finished', { id, state, result: '\0', large: null });
      this.#planJobs.delete(id);
    };
    const start: Action = (history) => {
      history.add('daybook.plan-job.started', { id, code: { sha256: 'c', size: 1 } });
      planJob.isStarted = true;
    };
    if (!planJob.isStarted) return [start, finish];
    const say: Action = (history) => {
      const step = ++planJob.steps;
      const said = { id, step, at: placeOf(step), message: { value: 'a\0' }, isVerbose: false };
      history.add('daybook.plan-job.message-sent', said);
    };
    return [say, (history) => this.#create(history, null, planJob), finish];
  }

  #meetOrForget(history: History): void {
    history.add(this.#isMet ? 'daybook.node.forgotten' : 'daybook.node.registered', { node: 'n1' });
    this.#isMet = !this.#isMet;
  }

  /** Their ids come back. */
  #defineGroup(history: History): void {
    const id = ['g', 'h'][history.events.length % 2]!;
    this.#groups.add(id);
    const about = { name: `${id} ${history.events.length}`, description: '', parent: 'g', rule: null };
    history.add('daybook.node-group.defined', { id, ...about });
  }

  #deleteGroup(history: History): void {
    const [id] = this.#groups as Set<string> & Iterable<string>;
    this.#groups.delete(id!);
    history.add('daybook.node-group.deleted', { id: id! });
  }

  /** Also jobs that have been pruned before. */
  #prune(history: History): void {
    const ids = Array.from({ length: this.#lastJob }, (_, index) => index + 1).filter((id) => !this.#jobs.has(id));
    history.add('daybook.jobs.pruned', { ids });
  }

  #ofSchedule(id: number): readonly Action[] {
    const first = timeOf(1);
    const isPlan = id % 3 === 1;
    const next = (history: History) => (history.events.length % 2 === 0 ? null : timeOf(2000 + history.events.length));
    const move = (nextRun: string | null) => nextRun ?? this.#schedules.delete(id);
    return [
      (history) => {
        const nextRun = next(history);
        const job = (isPlan ? this.#lastPlanJob : this.#lastJob) + 1;
        history.add('daybook.scheduled-job.fired', { id, occurrence: first, job, nextRun });
        if (isPlan) this.#plan(history, id);
        else this.#create(history, id);
        move(nextRun);
      },
      (history) => {
        const nextRun = next(history);
        const range = { first, last: first, count: 1 };
        history.add('daybook.scheduled-job.skipped', { id, reason: 'overlap', ...range, refusal: null, nextRun });
        move(nextRun);
      },
      (history) => {
        const nextRun = timeOf(3000 + history.events.length);
        const what = isPlan
          ? { spec: planSpec('other'), scope: null }
          : { spec: deploy('other'), scope: { query: 'nodes { }' } };
        const said = { description: 'new', userdata: {}, timing: null, nextRun };
        history.add('daybook.scheduled-job.edited', { id, ...what, ...said });
      },
      (history) => {
        const nextRun = next(history);
        const why = { reason: 'submission-error', refusal: { code: 'unknown-node-group', id: 'g' } } as const;
        history.add('daybook.scheduled-job.skipped', { id, first, last: first, count: 1, ...why, nextRun });
        move(nextRun);
      },
      (history) => {
        history.add('daybook.scheduled-job.deleted', { id });
        move(null);
      },
    ];
  }

  #ofJob(job: OpenJob): readonly Action[] {
    const { id } = job;
    const stop: Action = (history) => {
      history.add('daybook.job.stopping', { id, force: job.stops++ > 0, nodes: {} });
    };
    const nodes = [...job.nodes].flatMap(([node, state]) => this.#ofNode(job, node, state));
    return job.stops < 2 ? [stop, ...nodes] : nodes;
  }

  #ofNode(job: OpenJob, node: string, state: 'new' | 'running'): readonly Action[] {
    const { id } = job;
    const ending =
      (end: Action): Action =>
      (history) => {
        end(history);
        job.nodes.delete(node);
        if (job.nodes.size > 0) return;
        history.add('daybook.job.finished', { id, state: job.stops > 0 ? 'stopped' : 'failed' });
        this.#jobs.delete(id);
      };
    const startedAt = state === 'new' ? null : timeOf(1);
    const error = { kind: 'daybook/gone', msg: 'gone \0', details: {} };
    const errored = ending((history) => history.add('daybook.job.node-errored', { id, node, startedAt, error }));
    if (state === 'running') {
      return [ending((h) => h.end(id, node, 'finished')), ending((h) => h.end(id, node, 'failed')), errored];
    }
    const start: Action = (history) => {
      if (!job.isStarted) history.add('daybook.job.started', { id });
      job.isStarted = true;
      history.start(id, node);
      job.nodes.set(node, 'running');
    };
    return [start, errored, ending((history) => history.add('daybook.job.node-skipped', { id, node }))];
  }
}
