import { accessEntities, addAccessEntity } from './access/lines.js';
import type { AccessEntity } from './access/lines.js';
import { addAgentEntity, agentEntities } from './agent/lines.js';
import type { AgentEntity } from './agent/lines.js';
import type { App } from './app/events.js';
import { appJobEntities, restoreAppJobs } from './app-job/lines.js';
import type { AppJobEntity } from './app-job/lines.js';
import type { Answer } from './command.js';
import type { NodeFacts } from './inventory/events.js';
import { JobNodes } from './job/job-nodes.js';
import type { NodeProgress } from './job/job-nodes.js';
import type { Json, JsonObject } from './json.js';
import type { NodeGroup } from './node-group/events.js';
import type { Schedules } from './schedules.js';
import { emptyState } from './state.js';
import type { Job, KnownSubscriber, PlanJob, State } from './state.js';
import type { Subject } from './subject/events.js';

/**
 * Version of what the lines of a state say. It changes with the shape of the state, and with what `evolve` makes of an
 * event: a state that was folded by another version is not the fold of the log to this one.
 */
export const STATE_VERSION = 10;

/** Id, contents as places in the order of the content lines from 0, interval, next time, last job. */
type ScheduleLine = readonly [
  'schedule',
  id: number,
  contents: readonly number[],
  intervalMs: number | null,
  nextMs: number,
  lastJob: number | null,
];

/** One entity of a state; together, in their order, they are all of it. */
type Entity =
  | readonly ['totals', JsonObject]
  | readonly ['subject', Subject]
  | AgentEntity
  | readonly ['subscriber', KnownSubscriber]
  | readonly ['node', NodeFacts]
  | readonly ['node-group', NodeGroup]
  | AccessEntity
  /** What the schedules below it say, once for all that say the same. */
  | readonly ['content', Json]
  | ScheduleLine
  | readonly ['job', Omit<Job, 'nodes'> & { readonly nodes: readonly (readonly [string, NodeProgress])[] }]
  | readonly ['plan-job', PlanJob]
  | readonly ['unskipped', number]
  | readonly ['app', App]
  | AppJobEntity
  | readonly ['recent', string, number, number, string | null, Answer];

/** A state as JSON texts, a line each; it may be read line by line while the state stands still. */
export function* encodeState(state: State): Iterable<string> {
  for (const entity of entitiesOf(state)) yield JSON.stringify(entity);
}

function* entitiesOf(state: State): Iterable<Entity> {
  // When a schedule or a job of an app is due stands in it.
  const {
    subjects,
    access,
    agents,
    subscribers,
    nodes,
    nodeGroups,
    schedules,
    due: _due,
    jobs,
    planJobs,
    unskipped,
    apps,
    appJobs: _appJobs,
    appDue: _appDue,
    appRuns: _appRuns,
    deadLetters: _deadLetters,
    recent,
    ...totals
  } = state;
  yield ['totals', totals satisfies JsonObject];
  for (const subject of subjects.values()) yield ['subject', subject];
  yield* accessEntities(access);
  yield* agentEntities(agents);
  for (const subscriber of subscribers.values()) yield ['subscriber', subscriber];
  for (const { certname: node, environment, factsDigest: digest, timestamp: takenAt, facts } of nodes.list) {
    yield ['node', { node, environment, digest, takenAt, facts }];
  }
  for (const group of nodeGroups.values()) yield ['node-group', group];
  yield* scheduleEntities(schedules);
  for (const job of jobs.values()) yield ['job', { ...job, nodes: [...job.nodes] }];
  for (const planJob of planJobs.values()) yield ['plan-job', planJob];
  for (const id of unskipped) yield ['unskipped', id];
  for (const app of apps.values()) yield ['app', app];
  yield* appJobEntities(state);
  for (const [id, { answer, number, timeMs, bodyDigest }] of recent) {
    yield ['recent', id, number, timeMs, bodyDigest ?? null, answer];
  }
}

/** Numbers of contents differ between states that are otherwise the same; their places in these lines do not. */
function* scheduleEntities(schedules: Schedules): Iterable<Entity> {
  const places = new Map<number, number>();
  for (const { id, contents, intervalMs, nextMs, lastJob } of schedules.rows()) {
    for (const content of contents) {
      if (places.has(content)) continue;
      places.set(content, places.size);
      yield ['content', schedules.contents.value(content)];
    }
    yield ['schedule', id, contents.map((content) => places.get(content)!), intervalMs, nextMs, lastJob];
  }
}

/** A state that is being put together from its lines. */
export interface Restoring {
  /** @throws Error when the line is none of this version */
  add(line: string): void;
  /** The state that was encoded, once all of its lines have been added. */
  finish(): State;
}

/** Begins with nothing of a state. */
export function restoreState(): Restoring {
  const state = emptyState();
  const { contents } = state.schedules;
  const held: number[] = [];
  const appJobs = restoreAppJobs(state);

  function add(entity: Entity): void {
    switch (entity[0]) {
      case 'totals':
        Object.assign(state, entity[1]);
        return;
      case 'subject':
        state.subjects.set(entity[1].id, entity[1]);
        return;
      case 'invitation':
      case 'agent':
      case 'agent-key':
        return addAgentEntity(state.agents, entity);
      case 'subscriber':
        state.subscribers.set(entity[1].name, entity[1]);
        return;
      case 'node':
        state.nodes.put(entity[1]);
        return;
      case 'node-group':
        state.nodeGroups.set(entity[1].id, entity[1]);
        return;
      case 'access':
      case 'role':
      case 'password':
      case 'failures':
      case 'token':
      case 'task-target':
        return addAccessEntity(state.access, entity);
      case 'content':
        held.push(contents.hold(entity[1]));
        return;
      case 'schedule': {
        const [, id, places, intervalMs, nextMs, lastJob] = entity;
        const own = places.map((place) => held[place]!);
        for (const content of own) contents.holdAgain(content);
        state.schedules.addRow({ id, contents: own, intervalMs, nextMs, lastJob });
        state.due.set(id, nextMs);
        return;
      }
      case 'job': {
        const [, job] = entity;
        const names = job.nodes.map(([name]) => name);
        const progress = job.nodes.map(([, each]) => each);
        state.jobs.set(job.id, { ...job, nodes: new JobNodes(names, progress) });
        return;
      }
      case 'plan-job':
        state.planJobs.set(entity[1].id, entity[1]);
        return;
      case 'unskipped':
        state.unskipped.add(entity[1]);
        return;
      case 'app':
        state.apps.set(entity[1].id, entity[1]);
        return;
      case 'app-content':
      case 'app-job':
      case 'app-run':
      case 'dead-letter':
        return appJobs.add(entity);
      case 'recent': {
        const [, id, number, timeMs, bodyDigest, answer] = entity;
        state.recent.add(id, { answer, number, timeMs, bodyDigest: bodyDigest ?? undefined });
        return;
      }
      default:
        throw new Error(
          `a line of a state is of kind '${String(entity[0])}', expected one of version ${STATE_VERSION}`,
        );
    }
  }

  return {
    add: (line) => add(JSON.parse(line) as Entity),
    finish() {
      for (const content of held.splice(0)) contents.release(content);
      appJobs.finish();
      return state;
    },
  };
}
