import type { AppJobSpec, DomainEvent, EventData, PlanSpec, Spec, Subject, TaskSpec } from '#domain';
import type { Dated } from './write-log.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Tasks, nodes and descriptions repeat, as they do in a real book of schedules. */
function spec(index: number): TaskSpec {
  return {
    command: 'task',
    task: 'echo',
    environment: 'production',
    noop: false,
    params: { value: { message: `report number ${index % 1000} of the site` } },
    sealed: null,
    timeoutS: null,
    concurrency: null,
  };
}

/** A run of Puppet as its schedule without flags has it. */
const DEPLOY: Spec = {
  command: 'deploy',
  environment: 'production',
  noop: false,
  timeoutS: null,
  concurrency: null,
  enforceEnvironment: true,
  noNoop: false,
  flags: {},
};

const nodesOf = (index: number) => [`node${index % 5000}.example.com`];

function scheduled(id: number, owner: string, nextMs: number, what: Spec = spec(id)): DomainEvent {
  const at = new Date(nextMs).toISOString();
  const intervalS = 3600 * (1 + (id % 24));
  const description = `schedule of team ${id % 50}`;
  const common = { id, spec: what, scope: { nodes: nodesOf(id) }, owner, description, userdata: {} };
  return {
    type: 'daybook.scheduled-job.scheduled',
    data: { ...common, scheduledTime: at, intervalS, nextRun: at },
  };
}

/** An occurrence with the whole life of its job. */
function life(job: number, scheduledJob: number, owner: string, atMs: number): DomainEvent[] {
  const [node] = nodesOf(scheduledJob) as [string];
  const at = new Date(atMs).toISOString();
  const nextRun = new Date(atMs + DAY_MS).toISOString();
  const run = { id: job, node, attempt: 1, startedAt: at };
  const described = { owner, description: `schedule of team ${scheduledJob % 50}`, scheduledJob, userdata: {} };
  return [
    { type: 'daybook.scheduled-job.fired', data: { id: scheduledJob, occurrence: at, job, nextRun } },
    {
      type: 'daybook.job.created',
      data: { id: job, spec: spec(scheduledJob), nodes: [node], scope: null, ...described },
    },
    { type: 'daybook.job.started', data: { id: job } },
    { type: 'daybook.job.node-started', data: run },
    { type: 'daybook.job.node-finished', data: { ...run, finishedAt: at, result: { _output: 'hello' }, large: null } },
    { type: 'daybook.job.finished', data: { id: job, state: 'finished' } },
  ];
}

/** Of ten events four are schedules and six the life of a job. */
export function* mixedHistory(owner: Subject, count: number): Generator<Dated> {
  const firstMs = Date.now() - DAY_MS;
  yield registered(owner, firstMs);
  for (let round = 0; round * 10 < count; round++) {
    const atMs = firstMs + round;
    for (let each = 1; each <= 4; each++) {
      yield { event: scheduled(round * 4 + each, owner.id, atMs + 2 * DAY_MS), atMs, by: owner.id };
    }
    for (const event of life(round + 1, round * 4 + 1, owner.id, atMs)) yield { event, atMs };
  }
}

/** Jobs that have ended, of five events each: a server has nothing to do about them. */
export function* endedJobs(owner: Subject, count: number): Generator<Dated> {
  const firstMs = Date.now() - 30 * DAY_MS;
  yield registered(owner, firstMs);
  for (let job = 1; job * 5 < count; job++) {
    const atMs = firstMs + job;
    const [, created, ...rest] = life(job, job, owner.id, atMs);
    const asked = { ...created!.data, scheduledJob: null } as EventData['daybook.job.created'];
    yield { event: { type: 'daybook.job.created', data: asked }, atMs, by: owner.id };
    for (const event of rest) yield { event, atMs };
  }
}

/** Schedules that were made over a month and are due over the next one, every fourth of Puppet. */
export function* standingSchedules(owner: Subject, count: number): Generator<Dated> {
  const nowMs = Date.now();
  yield registered(owner, nowMs - 31 * DAY_MS);
  for (let id = 1; id <= count; id++) {
    const atMs = nowMs - 31 * DAY_MS + Math.floor((id / count) * 30 * DAY_MS);
    // A step that has no factor in common with the rows, so that the order of due times is not that of the ids.
    const nextMs = nowMs + DAY_MS + ((id * 7_919_003) % (30 * DAY_MS));
    yield { event: scheduled(id, owner.id, nextMs, id % 4 === 0 ? DEPLOY : spec(id)), atMs, by: owner.id };
  }
}

const EVERY_HOUR: AppJobSpec = {
  schedule: '@every 1h',
  dueTime: null,
  ttl: null,
  repeats: null,
  failurePolicy: null,
  overlap: 'queue',
  misfire: { fire: 'all', thresholdMs: 60_000, limit: null },
  zone: 'UTC',
  gap: 'shift',
  fold: 'first',
};

/** Jobs of an app every hour, each with data of its own; due over the hour after next, as if the last were just over. */
export function* standingAppJobs(owner: Subject, count: number): Generator<Dated> {
  const nowMs = Date.now();
  yield registered(owner, nowMs - DAY_MS);
  for (let id = 1; id <= count; id++) {
    const nextRun = new Date(nowMs + HOUR_MS + ((id * 7_919_003) % HOUR_MS)).toISOString();
    const said = { id, app: 'default', name: `reminder-${id}`, form: 'bare', spec: EVERY_HOUR } as const;
    const data = { payload: `{"customer":${id}}`, large: null };
    const event: DomainEvent = {
      type: 'daybook.app-job.scheduled',
      data: { ...said, ...data, expires: null, nextRun, replaces: null, version: id + 1 },
    };
    yield { event, atMs: nowMs - DAY_MS + Math.floor(id / 100) };
  }
}

const PLAN: PlanSpec = {
  command: 'plan',
  plan: 'facts::info',
  environment: 'production',
  noop: false,
  params: { value: { targets: 'node1.example.com' } },
  sealed: null,
  found: {},
  timeoutS: null,
  concurrency: null,
};

/** Plan jobs that have ended over a month, in several environments, and some that failed. */
export function* planHistory(owner: Subject, count: number): Generator<Dated> {
  const nowMs = Date.now();
  yield registered(owner, nowMs - 31 * DAY_MS);
  for (let id = 1; id <= count; id++) {
    const atMs = nowMs - 31 * DAY_MS + Math.floor((id / count) * 30 * DAY_MS);
    const spec = { ...PLAN, environment: `environment${id % 7}` };
    const said = { owner: owner.id, description: '', scheduledJob: null, userdata: {} };
    const code = { sha256: '0'.repeat(64), size: 1 };
    const state = id % 10 === 0 ? 'failure' : 'success';
    const result = [`node1.example.com: Debian 12 (Debian) ${id}`];
    yield {
      event: { type: 'daybook.plan-job.created', data: { id, spec, targets: {}, ...said, runsElsewhere: false } },
      atMs,
      by: owner.id,
    };
    yield { event: { type: 'daybook.plan-job.started', data: { id, code } }, atMs };
    yield { event: { type: 'daybook.plan-job.finished', data: { id, state, result, large: null } }, atMs };
  }
}

const registered = (subject: Subject, atMs: number): Dated => ({
  event: { type: 'daybook.subject.registered', data: { subject } },
  atMs,
});
