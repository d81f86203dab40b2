import type { Json } from '../json.js';
import type { State } from '../state.js';
import type { AppJobNumbers } from './app-jobs.js';
import type { AppRun, DeadLetter } from './app-runs.js';
import { setDue } from './evolve.js';

/** What jobs of apps and their runs are in the lines of a state. */
export type AppJobEntity =
  /** What the jobs below it say, once for all that say the same. */
  | readonly ['app-content', Json]
  /** With its contents as places in the order of the content lines from 0. */
  | readonly ['app-job', name: string, contents: readonly number[], AppJobNumbers]
  | readonly ['app-run', AppRun]
  | readonly ['dead-letter', DeadLetter];

export function* appJobEntities({ appJobs, appRuns, deadLetters }: State): Iterable<AppJobEntity> {
  const places = new Map<number, number>();
  for (const { name, contents, ...numbers } of appJobs.rows()) {
    for (const content of contents) {
      if (places.has(content)) continue;
      places.set(content, places.size);
      yield ['app-content', appJobs.contents.value(content)];
    }
    yield ['app-job', name, contents.map((content) => places.get(content)!), numbers];
  }
  for (const run of appRuns) yield ['app-run', run];
  for (const letter of deadLetters.values()) yield ['dead-letter', letter];
}

/** Puts the jobs of apps of a state together from its lines. */
export function restoreAppJobs(state: State) {
  const { appJobs, appRuns, deadLetters } = state;
  const held: number[] = [];
  return {
    add(entity: AppJobEntity): void {
      switch (entity[0]) {
        case 'app-content':
          held.push(appJobs.contents.hold(entity[1]));
          return;
        case 'app-job': {
          const [, name, places, numbers] = entity;
          const contents = places.map((place) => held[place]!);
          for (const content of contents) appJobs.contents.holdAgain(content);
          appJobs.addRow({ ...numbers, name, contents });
          setDue(state, appJobs.get(numbers.id)!);
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
