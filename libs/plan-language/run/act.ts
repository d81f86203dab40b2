import type { Action, RunAnswer } from '../effects.js';
import type { Call } from '../functions/function.js';
import { attempt } from '../compile/attempt.js';
import type { Course } from '../compile/code.js';
import { count } from '../values/describe.js';
import { hashFromJson } from '../values/json.js';
import { errorOf, planError } from '../values/plan-error.js';
import { hashOf } from '../values/hash.js';
import type { Result, ResultSet } from '../values/value.js';
import type { RunOptions } from './run-options.js';

/** Something to be run on nodes. */
export interface Work {
  /** The function that runs it, such as `run_task`. */
  readonly by: string;
  /** What is run, such as a task's name; null: nothing that has a name. */
  readonly object: string | null;
  readonly targets: readonly string[];
  readonly action: Action;
}

/** Runs something on its targets, if there are any. @throws PlanError when it fails on one, unless that is caught */
export function* act(work: Work, options: RunOptions, { frame, spot }: Call): Course<ResultSet> {
  if (work.targets.length === 0) return { is: 'ResultSet', results: [] };
  const { description, timeoutS } = options;
  const answer = (yield {
    kind: 'run',
    at: spot.place,
    targets: work.targets,
    description,
    runAs: options.runAs ?? frame.runAs,
    timeoutS,
    ...work.action,
  }) as RunAnswer;
  if ('refused' in answer) throw attempt(spot, () => errorOf(answer.refused));
  const results = attempt(spot, () => resultsOf(work, answer));
  const failed = results.results.filter(({ status }) => status === 'failure').length;
  if (failed > 0 && !options.catchErrors) throw runFailure(work, results, failed);
  return results;
}

const ACTION_NAMES: Readonly<Record<Action['action'], string>> = {
  task: 'task',
  command: 'command',
  script: 'script',
  upload: 'upload',
  download: 'download',
  wait: 'wait_until_available',
};

function resultsOf(
  { action, object, targets }: Work,
  { outcomes }: Extract<RunAnswer, { outcomes: unknown }>,
): ResultSet {
  if (outcomes.length !== targets.length) {
    throw new TypeError(`there are ${outcomes.length} outcomes, expected one for each of ${targets.length} targets`);
  }
  const results = outcomes.map(({ target, status, value }): Result => {
    return { is: 'Result', target, action: ACTION_NAMES[action.action], object, status, value: valueOf(value) };
  });
  return { is: 'ResultSet', results };
}

/** What a task marks as sensitive in its output stays so. */
function valueOf(json: Parameters<typeof hashFromJson>[0]): Result['value'] {
  const value = hashFromJson(json);
  const secret = [...value.entries.values()].map(([key, each]) =>
    key === '_sensitive' ? ([key, { is: 'Sensitive', value: each }] as const) : ([key, each] as const),
  );
  return hashOf(secret);
}

function runFailure({ by, object }: Work, results: ResultSet, failed: number) {
  const what = object === null ? by : `${by} '${object}'`;
  return planError(
    'bolt/run-failure',
    `${what} failed on ${count(failed, 'target')}`,
    hashOf([
      ['action', by],
      ['object', object],
      ['result_set', results],
    ]),
  );
}
