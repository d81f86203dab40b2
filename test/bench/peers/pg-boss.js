import PgBoss from 'pg-boss';

const QUEUE = 'bench';
const WORKERS = 4;

/** pg-boss with four workers that take up to 2,500 jobs each, as often as it allows. */
export async function openPgBoss(url) {
  const boss = new PgBoss({ connectionString: url });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(QUEUE);
  return {
    insert: (jobs) =>
      boss.insert(
        QUEUE,
        jobs.map((job) => ({ name: QUEUE, data: job, startAfter: new Date(job.dueMs) })),
      ),
    async work(onJob) {
      for (let worker = 0; worker < WORKERS; worker++) {
        await boss.work(QUEUE, { batchSize: 2500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
          for (const { data } of jobs) onJob(data);
        });
      }
    },
  };
}
