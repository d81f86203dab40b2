import { ApiError, invalid } from '#http';
import type { Task, TaskCatalogue } from '#tasks';
import { InvalidTask } from '#tasks';
import { inEnvironment } from './in-environment.js';

/** @throws ApiError when environment or task are unknown, or the task cannot be used */
export async function taskOr404(catalogue: TaskCatalogue, environment: string, name: string): Promise<Task> {
  const task = await inEnvironment(environment, catalogue.find(environment, name)).catch((error: unknown) => {
    throw error instanceof InvalidTask ? invalid(error.message, { task: name }) : error;
  });
  if (!task) throw new ApiError('unknown-task', `Unknown task ${name} in ${environment}`, { environment, task: name });
  return task;
}
