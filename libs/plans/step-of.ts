import { instant } from '#domain';
import type { PlanStep } from '#domain';
import { store } from '#large-values';
import type { Effect, Pause } from '#plan-language';
import type { Clock } from '#platform';
import type { StepRecord } from './progress.js';
import { runStep } from './run-step.js';
import type { RunStepParts } from './run-step.js';

export type StepEffect = Exclude<Effect, Pause>;

/** What a plan asks for, as the step that is to be taken. @param commandId as for `runStep` */
export async function stepOf(
  effect: StepEffect,
  environment: string,
  commandId: string,
  parts: RunStepParts & { readonly clock: Clock },
): Promise<PlanStep> {
  const { largeValues, clock } = parts;
  switch (effect.kind) {
    case 'run':
      return runStep(effect, environment, commandId, parts);
    case 'message': {
      const message = await store(effect.text, largeValues);
      return { type: 'daybook.plan-job.message-sent', data: { message, isVerbose: effect.isVerbose } };
    }
    case 'plan-started': {
      const params = await store(effect.params, largeValues);
      return { type: 'daybook.plan-job.sub-plan-started', data: { plan: effect.plan, params } };
    }
    case 'plan-ended':
      return { type: 'daybook.plan-job.sub-plan-ended', data: { plan: effect.plan, isFailed: effect.isFailed } };
    case 'evaluated':
      return { type: 'daybook.plan-job.evaluated', data: { value: await store(effect.value, largeValues) } };
    case 'sleep':
      return { type: 'daybook.plan-job.sleep-started', data: { until: instant(clock.now() + effect.seconds * 1000) } };
    case 'query':
      return { type: 'query', query: effect.query };
  }
}

/** Whether a step that was taken is one of this effect: a plan that goes on must ask for what it asked for before. */
export function fits(effect: StepEffect, record: StepRecord): boolean {
  const mayBeRefused = effect.kind === 'run' || effect.kind === 'query';
  return record.kind === effect.kind || (record.kind === 'refused' && mayBeRefused);
}
