import type { JsonObject, TaskSpec } from '#domain';
import { store } from '#large-values';
import type { LargeValues } from '#large-values';
import type { Sealer } from '#sealing';
import { checkParams, sensitiveParams } from '#tasks';
import type { Task } from '#tasks';
import { ParamsRefused } from './params-refused.js';
import { sealParams, splitParams } from './sealed-params.js';

export interface TaskRun extends Pick<TaskSpec, 'noop' | 'timeoutS' | 'concurrency' | 'targets' | 'runAs' | 'waitS'> {
  readonly task: Task;
  readonly params: JsonObject;
  /** Parameters that are sensitive beside those that the task says. */
  readonly alsoSensitive?: readonly string[];
  /** Secrets beside the parameters, by the names under which they are sealed. */
  readonly secrets?: JsonObject;
}

/**
 * A task as it is to run: its parameters checked against its metadata, secrets sealed, large ones stored.
 * @throws ParamsRefused when the parameters do not fit the task, or the sensitive ones are too large
 */
export async function taskSpec(
  { task, params, alsoSensitive = [], secrets = {}, ...how }: TaskRun,
  commandId: string,
  { sealer, largeValues }: { readonly sealer: Pick<Sealer, 'seal'>; readonly largeValues: LargeValues },
): Promise<TaskSpec> {
  const problems = checkParams(task, params, how.noop);
  if (problems.length > 0) {
    throw new ParamsRefused(
      problems.map(({ message }) => message).join('; '),
      problems.flatMap(({ param }) => param ?? []),
    );
  }
  const { open, sensitive } = splitParams(params, [...sensitiveParams(task), ...alsoSensitive]);
  return {
    command: 'task',
    task: task.name,
    environment: task.environment,
    params: await store(open, largeValues),
    sealed: sealParams({ ...sensitive, ...secrets }, commandId, sealer),
    ...how,
  };
}
