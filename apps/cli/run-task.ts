import type { Api } from './api.js';
import { isEndOfNode } from './event-line.js';
import { followJob } from './follow-job.js';
import { JOB } from './job-kinds.js';
import { jobLines } from './job-lines.js';
import { nodeProgress } from './node-progress.js';
import type { JsonOption, Say } from './show.js';
import { show } from './show.js';
import type { ShownJob, ShownNode } from './shown-jobs.js';

/** Waits for a job that has just begun, at an event of the log, and says what its nodes have answered. */
export async function waitForTask(api: Api, id: string, begin: number, options: JsonOption, say: Say): Promise<void> {
  process.stderr.write(`job ${id} runs; Ctrl-C leaves it to 'daybook jobs watch ${id}'\n`);
  const progress = nodeProgress();
  const job = await followJob<ShownJob>(api, JOB, id, begin, {
    onStart: ({ node_count }) => progress.start(node_count, 0),
    onEvent: (event) => isEndOfNode(event) && progress.step(),
  });
  progress.clear();
  await sayJob(api, job, options, say);
  if (job.state !== JOB.goodEnd) process.exitCode = 1;
}

/** Says how a job stands, with the answers of its nodes. */
export async function sayJob(api: Api, job: ShownJob, options: JsonOption, say: Say): Promise<void> {
  const { items } = await api.call<{ items: readonly ShownNode[] }>('GET', `${JOB.path}/${job.name}/nodes`);
  show(say, options, { job, nodes: items }, () => jobLines(job, items));
}
