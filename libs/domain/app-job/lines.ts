import type { Json } from '../json.js';
import type { State } from '../state.js';
import type { AppRun, DeadLetter } from './app-runs.js';
import { setDue } from './evolve.js';

/** What jobs of apps and their runs are in the lines of a state. */
export type AppJobEntity =
  /** What the jobs below it say, once for all that say the same. */
  readonly ['app-content', Json] | AppJobLine | readonly ['app-run', AppRun] | readonly ['dead-letter', DeadLetter];

type AppJobLine = readonly [
  'app-job',
  name: string,
  contents: readonly Content[],
  id: number,
  version: number,
  nextMs: number | null,
  expiresMs: number | null,
  fired: number,
  isPaused: boolean,
  lastRun: number,
];

/** What several say by its place in the order of the content lines from 0, and what only one says as it is. */
type Content = number | readonly [Json];

export function* appJobEntities({ appJobs, appRuns, deadLetters }: State): Iterable<AppJobEntity> {
  const places = new Map<number, number>();
  const { contents } = appJobs;
  for (const [job, own] of appJobs.rows()) {
    for (const content of own) {
      if (!contents.isShared(content) || places.has(content)) continue;
      places.set(content, places.size);
      yield ['app-content', contents.value(content)];
    }
    const said = own.map((content): Content => places.get(content) ?? [contents.value(content)]);
    const { id, name, version, nextMs, expiresMs, fired, isPaused, lastRun } = job;
    yield ['app-job', name, said, id, version, nextMs, expiresMs, fired, isPaused, lastRun];
  }
  for (const run of appRuns) yield ['app-run', run];
  for (const letter of deadLetters.values()) yield ['dead-letter', letter];
}

/** Puts the jobs of apps of a state together from its lines. */
export function restoreAppJobs(state: State) {
  const { appJobs, appRuns, deadLetters } = state;
  const held: number[] = [];

  function hold(content: Content): number {
    if (typeof content === 'object') return appJobs.contents.hold(content[0]);
    const number = held[content]!;
    appJobs.contents.holdAgain(number);
    return number;
  }

  return {
    add(entity: AppJobEntity): void {
      switch (entity[0]) {
        case 'app-content':
          held.push(appJobs.contents.hold(entity[1]));
          return;
        case 'app-job': {
          const [, name, contents, id, version, nextMs, expiresMs, fired, isPaused, lastRun] = entity;
          appJobs.addRow({ id, name, version, nextMs, expiresMs, fired, isPaused, lastRun }, contents.map(hold));
          setDue(state, id);
          return;
        }
        case 'app-run':
          return appRuns.add(entity[1]);
        case 'dead-letter':
          deadLetters.set(entity[1].run, entity[1]);
      }
    },
    finish(): void {
      for (const content of held.splice(0)) appJobs.contents.release(content);
    },
  };
}
