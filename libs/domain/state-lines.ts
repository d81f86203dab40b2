import type { JsonObject } from './json.js';
import type { Answer } from './command.js';
import type { Job, NodeProgress, Schedule, State } from './state.js';
import type { Subject } from './subject/events.js';

/**
 * Version of what the lines of a state say. It changes with the shape of the state, and with what `evolve` makes of an
 * event: a state that was folded by another version is not the fold of the log to this one.
 */
export const STATE_VERSION = 1;

/** One entity of a state; together, in their order, they are all of it. */
type Entity =
  | readonly ['totals', JsonObject]
  | readonly ['subject', Subject]
  | readonly ['schedule', Schedule]
  | readonly ['job', Omit<Job, 'nodes'> & { readonly nodes: readonly (readonly [string, NodeProgress])[] }]
  | readonly ['unskipped', number]
  | readonly ['recent', string, number, number, string | null, Answer];

/** A state as JSON texts, a line each; it may be read line by line while the state stands still. */
export function* encodeState(state: State): Iterable<string> {
  for (const entity of entitiesOf(state)) yield JSON.stringify(entity);
}

function* entitiesOf(state: State): Iterable<Entity> {
  // When a schedule is due stands in it.
  const { subjects, schedules, due: _due, jobs, unskipped, recent, ...totals } = state;
  yield ['totals', totals satisfies JsonObject];
  for (const subject of subjects.values()) yield ['subject', subject];
  for (const schedule of schedules.values()) yield ['schedule', schedule];
  for (const job of jobs.values()) yield ['job', { ...job, nodes: [...job.nodes] }];
  for (const id of unskipped) yield ['unskipped', id];
  for (const [id, { answer, number, timeMs, bodyDigest }] of recent) {
    yield ['recent', id, number, timeMs, bodyDigest ?? null, answer];
  }
}

/**
 * Adds a line of a state to one that was empty before its first line; after the last line it is the state that was
 * encoded.
 * @throws Error when the line is none of this version
 */
export function restoreLine(state: State, line: string): void {
  const entity = JSON.parse(line) as Entity;
  switch (entity[0]) {
    case 'totals':
      Object.assign(state, entity[1]);
      return;
    case 'subject':
      state.subjects.set(entity[1].id, entity[1]);
      return;
    case 'schedule':
      state.schedules.set(entity[1].id, entity[1]);
      state.due.set(entity[1].id, entity[1].nextMs);
      return;
    case 'job':
      state.jobs.set(entity[1].id, { ...entity[1], nodes: new Map(entity[1].nodes) });
      return;
    case 'unskipped':
      state.unskipped.add(entity[1]);
      return;
    case 'recent': {
      const [, id, number, timeMs, bodyDigest, answer] = entity;
      state.recent.set(id, { answer, number, timeMs, bodyDigest: bodyDigest ?? undefined });
      return;
    }
    default:
      throw new Error(`a line of a state is of kind '${String(entity[0])}', expected one of version ${STATE_VERSION}`);
  }
}
