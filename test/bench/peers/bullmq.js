import { Queue, Worker } from 'bullmq';

/** BullMQ on Redis. */
export async function openBullmq(url) {
  const { hostname, port } = new URL(url);
  const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null };
  const queue = new Queue('bench', { connection });
  await queue.waitUntilReady();
  return {
    insert: (jobs) =>
      queue.addBulk(
        jobs.map((job) => ({
          name: 'job',
          data: job,
          opts: { delay: Math.max(0, job.dueMs - Date.now()), removeOnComplete: true },
        })),
      ),
    async work(onJob) {
      const worker = new Worker('bench', async ({ data }) => onJob(data), { connection, concurrency: 100 });
      await worker.waitUntilReady();
    },
  };
}
