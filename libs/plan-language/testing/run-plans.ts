import type { Json, JsonObject } from '#domain';

import { execute, linkPlans, parsePlan } from '../index.js';
import type { Effect, Ending, Plan, RunAnswer, RunEffect } from '../index.js';

/** Reads plans from their texts; the name of each gives its file's. */
export const plansOf = (files: Readonly<Record<string, string>>): ReadonlyMap<string, Plan> =>
  new Map(
    Object.entries(files).map(([name, text]) => [
      name,
      parsePlan({ name, file: `${name.replaceAll('::', '/')}.yaml`, text }),
    ]),
  );

/** Answers what a plan asks for. */
export type Answer = (effect: Effect) => unknown;

/** Every target succeeds, with what the action is given as its value. */
export const succeeding = (effect: Effect): unknown => {
  if (effect.kind === 'run') return outcomes(effect, () => valueOf(effect));
  return effect.kind === 'query' ? { rows: [{ certname: 'a' }, { certname: 'b' }] } : undefined;
};

/** Outcomes of an effect; a value with `_error` is one of a failure. */
export const outcomes = (effect: RunEffect, value: (target: string) => JsonObject): RunAnswer => ({
  outcomes: effect.targets.map((target) => {
    const each = value(target);
    return { target, status: Object.hasOwn(each, '_error') ? 'failure' : 'success', value: each };
  }),
});

const valueOf = (effect: RunEffect): JsonObject =>
  effect.action === 'task' ? effect.params : effect.action === 'command' ? { stdout: effect.command } : {};

/** What a plan asked for, and how it ended. */
export interface Told {
  readonly effects: readonly Effect[];
  readonly ending: Ending;
}

/** Runs the first of some plans to its end. */
export function runPlans(
  files: Readonly<Record<string, string>>,
  params: JsonObject = {},
  answer: Answer = succeeding,
  seed = 'a seed',
): Told {
  const [root = ''] = Object.keys(files);
  const program = execute(linkPlans(root, plansOf(files)), params, { seed });
  const effects: Effect[] = [];
  let step = program.next();
  while (step.done !== true) {
    effects.push(step.value);
    step = program.next(answer(step.value));
  }
  return { effects, ending: step.value };
}

/** Runs a plan that only returns what some code gives. */
export function valueOfCode(code: string, params: JsonObject = {}, answer: Answer = succeeding): Json {
  const { ending } = runPlans({ t: planOfCode(code, params) }, params, answer);
  if (ending.state === 'success') return ending.result;
  throw new Error(`${ending.error.kind}: ${ending.error.msg}`);
}

/** A plan with parameters of any type that returns what some code gives. */
export const planOfCode = (code: string, params: JsonObject = {}): string =>
  [
    'parameters:',
    ...Object.keys(params).map((name) => `  ${name}:`),
    'steps: []',
    'return: |',
    ...code.split('\n').map((line) => `  ${line}`),
    '',
  ].join('\n');
