import { Logger, makeWorkerUtils, run } from 'graphile-worker';

const logger = new Logger(() => () => undefined);

/** Graphile Worker, tuned for latency: polls ten times a second, and takes and completes jobs in batches. */
export async function openGraphileWorker(url) {
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  await utils.migrate();
  return {
    insert: (jobs) =>
      utils.addJobs(jobs.map((job) => ({ identifier: 'job', payload: job, runAt: new Date(job.dueMs) }))),
    async work(onJob) {
      await run({
        taskList: { job: async (job) => onJob(job) },
        preset: {
          worker: {
            connectionString: url,
            logger,
            concurrentJobs: 24,
            maxPoolSize: 25,
            pollInterval: 100,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
      });
    },
  };
}
