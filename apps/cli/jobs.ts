import { Command } from 'commander';
import type { NodeCounts } from '#domain';
import type { Api } from './api.js';
import { JOB, PLAN_JOB } from './job-kinds.js';
import { countsOf, jobTable, planJobLines, planJobTable } from './job-lines.js';
import { integerFrom, jobNumber } from './numbers.js';
import { sayJob } from './run-task.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';
import type { ShownJob, ShownPlanJob } from './shown-jobs.js';
import { watchJob } from './watch-job.js';

/** Both kinds of jobs have numbers of their own. */
const PLAN_OPTION = ['--plan', 'of a plan job'] as const;

interface PlanOption {
  readonly plan?: true;
}

/** `daybook jobs …`: what has run, and runs. */
export function jobsCommands(api: Api, say: Say): Command {
  const jobs = new Command('jobs').description('Lists, shows, watches and stops jobs.');
  jobs
    .command('list')
    .description('Lists the newest jobs, or plan jobs.')
    .option('--limit <number>', 'how many', integerFrom(1, 1000), 20)
    .option('--plan', 'plan jobs')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExamples:\n  daybook jobs list --limit 50\n  daybook jobs list --plan')
    .action(async ({ limit, plan, ...options }: JsonOption & PlanOption & { readonly limit: number }) => {
      const query = new URLSearchParams({ limit: String(limit), order_by: 'name', order: 'desc' }).toString();
      if (plan) {
        const answer = await api.call<Page<ShownPlanJob>>('GET', `${PLAN_JOB.path}?${query}&results=exclude`);
        return show(say, options, answer, () => planJobTable(answer.items));
      }
      const answer = await api.call<Page<ShownJob>>('GET', `${JOB.path}?${query}`);
      show(say, options, answer, () => jobTable(answer.items));
    });
  jobs
    .command('show')
    .description('Shows how a job stands, and what its nodes have answered.')
    .argument('<job>', 'number of the job', jobNumber)
    .option(...PLAN_OPTION)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExamples:\n  daybook jobs show 7\n  daybook jobs show 2 --plan')
    .action(async (id: string, { plan, ...options }: JsonOption & PlanOption) => {
      if (!plan) return sayJob(api, await api.call<ShownJob>('GET', `${JOB.path}/${id}`), options, say);
      const answer = await api.call<ShownPlanJob>('GET', `${PLAN_JOB.path}/${id}`);
      show(say, options, answer, () => planJobLines(answer));
    });
  jobs
    .command('watch')
    .description('Says what happens to a job until it has ended.')
    .argument('<job>', 'number of the job', jobNumber)
    .option(...PLAN_OPTION)
    .option('--json', 'say each event as JSON, on a line')
    .addHelpText(
      'after',
      '\nExit status: 0 when the job has succeeded, else 1.' +
        '\nExamples:\n  daybook jobs watch 7\n  daybook jobs watch 2 --plan',
    )
    .action((id: string, { plan, ...options }: JsonOption & PlanOption) =>
      watchJob(api, plan ? PLAN_JOB : JOB, id, options, say),
    );
  jobs
    .command('stop')
    .description('Lets no further node of a job start.')
    .argument('<job>', 'number of the job', jobNumber)
    .option('--force', 'kill what runs on nodes')
    .option(...PLAN_OPTION)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExamples:\n  daybook jobs stop 7 --force\n  daybook jobs stop 2 --plan')
    .action(async (id: string, { plan, force, ...options }: JsonOption & PlanOption & { readonly force?: true }) => {
      if (plan) {
        const answer = await api.call('POST', '/orchestrator/v1/command/stop_plan', { plan_job: id });
        return show(say, options, answer, () => [`plan job ${id} stops`]);
      }
      const answer = await api.call<Stopped>('POST', '/orchestrator/v1/command/stop', { job: id, force });
      show(say, options, answer, () => [stopLine(id, answer.job.nodes)]);
    });
  return jobs;
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Stopped {
  readonly job: { readonly nodes: NodeCounts };
}

const stopLine = (id: string, nodes: NodeCounts) =>
  `job ${id} ${nodes.new || nodes.running ? 'stops' : 'has ended'}: ${countsOf(nodes)}`;
