import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '#domain';
import type { PlanFailure, RefusalReason } from '#domain';
import { load } from '#large-values';
import type { Effect, Ending } from '#plan-language';
import type { Clock } from '#platform';
import type { CommandGateway } from '#writer';
import { ask } from './ask.js';
import type { Changes } from './changes.js';
import { keepDownload } from './downloads.js';
import type { Progress, RunRecord, StepRecord } from './progress.js';
import { outcomesOf } from './run-answer.js';
import { refused } from './run-step.js';
import type { RunStepParts } from './run-step.js';
import { fits, stepOf } from './step-of.js';
import type { StepEffect } from './step-of.js';

export interface DriveParts extends RunStepParts {
  readonly gateway: Pick<CommandGateway, 'execute'>;
  readonly clock: Clock;
  /** Folder below which each plan job has one for what it downloads. */
  readonly downloads: string;
}

/** A plan that runs, and how it is heard of. */
export interface Driven {
  readonly progress: Progress;
  readonly changes: Changes;
  /** Aborts when nobody is to drive it here any more. */
  readonly signal: AbortSignal;
}

/** The longest that a timer of Node sleeps. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

/**
 * Has a plan do what it asks for, step by step, from where its events say it has come to.
 * @throws the signal's reason when it aborts before the end
 */
export async function drive(
  plan: Generator<Effect, Ending, unknown>,
  driven: Driven,
  parts: DriveParts,
): Promise<Ending> {
  let answer: unknown;
  for (let step = 1; ;) {
    const next = nextOf(plan, answer);
    if (next.done) return next.value;
    answer = undefined;
    if (next.value.kind === 'pause') {
      await immediate();
      driven.signal.throwIfAborted();
      continue;
    }
    const record = await recordOf(step, next.value, driven, parts);
    if (!fits(next.value, record)) return diverged(step, next.value, record);
    answer = await answerOf(step, next.value, record, driven, parts);
    step++;
  }
}

/** A plan that makes its interpreter fail would do so again. */
function nextOf(plan: Generator<Effect, Ending, unknown>, answer: unknown): IteratorResult<Effect, Ending> {
  try {
    return plan.next(answer);
  } catch (error) {
    const msg = `the plan cannot be interpreted: ${(error as Error).message}`;
    return { done: true, value: { state: 'failure', error: { kind: 'daybook/plan-fault', msg, details: {} } } };
  }
}

/** What came of a step, which is taken now unless it was before. */
async function recordOf(step: number, effect: StepEffect, driven: Driven, parts: DriveParts): Promise<StepRecord> {
  const { steps, created } = driven.progress;
  if (!steps.has(step)) {
    const commandId = `plan-job/${created.id}/${step}`;
    const taken = await stepOf(effect, created.spec.environment, commandId, parts);
    const take = { type: 'take-plan-step', id: created.id, step, at: effect.at, taken } as const;
    try {
      await ask(parts.gateway, take, commandId, driven.signal);
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason.code === 'plan-already-finished') throw error;
      await ask(parts.gateway, { ...take, taken: refused(failureOf(error)) }, `${commandId}/refused`, driven.signal);
    }
    await driven.changes.until(() => steps.has(step));
  }
  return steps.get(step)!;
}

const failureOf = ({ reason }: Refusal): PlanFailure => {
  const { code, ...details } = reason;
  return {
    kind: `puppetlabs.orchestrator/${code}`,
    msg: sentenceOf(reason),
    details: details as PlanFailure['details'],
  };
};

/** The refusals that a step may meet, in words. */
function sentenceOf(reason: RefusalReason): string {
  switch (reason.code) {
    case 'query-error':
      return `the query cannot be answered: ${reason.problem}`;
    case 'too-many-nodes':
      return `the step is for ${reason.nodes} nodes in ${reason.bytes} bytes, expected at most ${reason.limit}`;
    case 'command-too-large':
      return `the step takes ${reason.bytes} bytes in the log, expected at most ${reason.limit}`;
    default:
      return `the step is refused: ${reason.code}`;
  }
}

/** What the plan is told of a step that was taken. */
async function answerOf(
  step: number,
  effect: StepEffect,
  record: StepRecord,
  driven: Driven,
  parts: DriveParts,
): Promise<unknown> {
  switch (record.kind) {
    case 'refused':
      return { refused: record.error };
    case 'query':
      return { rows: await load(record.rows, parts.largeValues) };
    case 'sleep':
      return sleepUntil(record.untilMs, driven.signal, parts.clock);
    case 'run':
      return outcomes(step, effect, record, driven, parts);
    default:
      return undefined;
  }
}

async function outcomes(step: number, effect: StepEffect, record: RunRecord, driven: Driven, parts: DriveParts) {
  await driven.changes.until(() => record.hasEnded);
  const found = await outcomesOf(record, parts.largeValues);
  if (effect.kind !== 'run' || effect.action !== 'download') return { outcomes: found };
  const folder = `${parts.downloads}/${driven.progress.created.id}/${step}`;
  const { source, destination } = effect;
  return { outcomes: await Promise.all(found.map((each) => keepDownload(each, { folder, source, destination }))) };
}

/** @throws the signal's reason when it aborts before */
export async function sleepUntil(untilMs: number, signal: AbortSignal, clock: Clock): Promise<void> {
  for (let leftMs = untilMs - clock.now(); leftMs > 0; leftMs = untilMs - clock.now()) {
    await delay(Math.min(leftMs, LONGEST_SLEEP_MS), undefined, { signal });
  }
}

function diverged(step: number, { kind, at }: StepEffect, record: StepRecord): Ending {
  const msg = `step ${step} of the plan is '${kind}' (${at.plan}, line ${at.line}), expected '${record.kind}' as it was before`;
  return { state: 'failure', error: { kind: 'daybook/plan-diverged', msg, details: {} } };
}
