import type { Api } from './api.js';
import { eventLine } from './event-line.js';
import { followJob } from './follow-job.js';
import { PLAN_JOB } from './job-kinds.js';
import { planJobLines } from './job-lines.js';
import type { JsonOption, Say } from './show.js';
import { show } from './show.js';
import type { ShownPlanJob } from './shown-jobs.js';

/** Waits for a plan job that has just begun, at an event of the log, and says what it returns. */
export async function waitForPlan(api: Api, id: string, begin: number, options: JsonOption, say: Say): Promise<void> {
  process.stderr.write(`plan job ${id} runs; Ctrl-C leaves it to 'daybook jobs watch ${id} --plan'\n`);
  const job = await followJob<ShownPlanJob>(api, PLAN_JOB, id, begin, {
    onEvent(event) {
      const line = eventLine(event);
      if (line !== null) process.stderr.write(`${line}\n`);
    },
  });
  show(say, options, job, () => planJobLines(job));
  if (job.state !== PLAN_JOB.goodEnd) process.exitCode = 1;
}
