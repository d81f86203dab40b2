import type { PlanFailure, PlanStep, TaskSpec } from '#domain';
import type { LargeValues } from '#large-values';
import type { RunEffect } from '#plan-language';
import type { Sealer } from '#sealing';
import { ParamsRefused, taskSpec } from '#specs';
import type { TaskRun } from '#specs';
import { InvalidTask, UnknownEnvironment } from '#tasks';
import type { TaskCatalogue } from '#tasks';
import { NoSuchFile, planFile, readPlanFile } from './plan-files.js';

export interface RunStepParts {
  readonly catalogue: TaskCatalogue;
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly largeValues: LargeValues;
}

/**
 * What a plan wants to run, as a step: a job of a task, or why there cannot be one.
 * @param commandId the id with which the step is asked for; it binds the secrets
 */
export async function runStep(
  effect: RunEffect,
  environment: string,
  commandId: string,
  parts: RunStepParts,
): Promise<PlanStep> {
  const { action, targets: nodes, description } = effect;
  try {
    const spec = await specOf(effect, environment, commandId, parts);
    return { type: 'run', action, spec, nodes, description: description ?? '' };
  } catch (error) {
    return refused(failureOf(error));
  }
}

export const refused = (error: PlanFailure): PlanStep => ({ type: 'daybook.plan-job.step-refused', data: { error } });

async function specOf(
  effect: RunEffect,
  environment: string,
  commandId: string,
  parts: RunStepParts,
): Promise<TaskSpec> {
  const { task: name, ...what } = await whatRuns(effect, environment, parts.catalogue);
  const task = await parts.catalogue.find(environment, name);
  if (!task) throw new UnknownTask(`task is '${name}', expected one that exists in environment ${environment}`);
  const { runAs, timeoutS } = effect;
  const how = { noop: false, timeoutS, concurrency: null, ...(runAs !== null && { runAs }) };
  return taskSpec({ ...how, ...what, task }, commandId, parts);
}

class UnknownTask extends Error {}

type What = Pick<TaskRun, 'params' | 'alsoSensitive' | 'waitS'> & { readonly task: string; readonly noop?: boolean };

/** Everything but tasks runs by tasks that come with Daybook. */
async function whatRuns(effect: RunEffect, environment: string, catalogue: TaskCatalogue): Promise<What> {
  const find = async (name: string) => planFile(name, await catalogue.modulePath(environment));
  switch (effect.action) {
    case 'task':
      return { task: effect.task, params: effect.params, alsoSensitive: effect.sensitive, noop: effect.noop };
    case 'command':
      return {
        task: 'bolt_shim::command',
        params: { command: effect.command, env_vars: effect.envVars },
        alsoSensitive: effect.sensitive,
      };
    case 'script': {
      const { base64: content, isFolder } = await readPlanFile(await find(effect.script));
      if (isFolder) throw new NoSuchFile(`script is '${effect.script}', expected a file`);
      const name = effect.script.split('/').at(-1)!;
      return {
        task: 'bolt_shim::script',
        params: { content, name, arguments: effect.arguments, env_vars: effect.envVars },
        alsoSensitive: effect.sensitive,
      };
    }
    case 'upload': {
      const { base64: content, mode, isFolder: directory } = await readPlanFile(await find(effect.source));
      return { task: 'bolt_shim::upload', params: { path: effect.destination, content, mode, directory } };
    }
    case 'download':
      return { task: 'bolt_shim::download', params: { path: effect.source } };
    case 'wait':
      return { task: 'bolt_shim::command', params: { command: 'true' }, waitS: effect.waitS };
  }
}

/** @throws what is no fault of the plan */
function failureOf(error: unknown): PlanFailure {
  const kind = KINDS.find(([type]) => error instanceof type)?.[1];
  if (kind === undefined) throw error;
  return { kind, msg: (error as Error).message, details: {} };
}

const KINDS = [
  [UnknownTask, 'bolt/unknown-task'],
  [UnknownEnvironment, 'bolt/unknown-task'],
  [InvalidTask, 'bolt/invalid-task'],
  [ParamsRefused, 'bolt/validation-error'],
  [NoSuchFile, 'bolt/no-such-file'],
] as const;
