import { Command } from 'commander';
import type { Api } from './api.js';
import { columns } from './columns.js';
import { scheduleCreateCommands } from './create-schedule.js';
import { jobNumber, integerFrom } from './numbers.js';
import { printable } from './printable.js';
import { nextRuns } from './next-runs.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

const PATH = '/orchestrator/v1/scheduled_jobs';

interface Interval {
  readonly value: number;
}

interface Listed {
  readonly name: string;
  readonly type: string;
  readonly task?: string;
  readonly plan?: string;
  readonly environment: string;
  readonly owner: { readonly login: string };
  readonly next_run: string;
  readonly schedule_options: { readonly interval?: Interval };
  readonly description: string;
}

/** A schedule in the form of `environment_jobs`. */
interface Shown {
  readonly name: string;
  readonly type: string;
  readonly environment: string;
  readonly owner: { readonly login: string };
  readonly description: string;
  readonly input: object;
  readonly schedule: { readonly start_time: string; readonly interval: Interval | null };
  readonly next_run: { readonly time: string } | null;
  readonly last_run: { readonly time: string; readonly job: { readonly name: string | null } } | null;
}

/** `daybook schedules …`: what runs later, or again and again. */
export function schedulesCommands(api: Api, say: Say): Command {
  const schedules = new Command('schedules').description('Lists, shows, creates and deletes scheduled jobs.');
  const scheduleOf = (id: string) => api.call<Shown>('GET', `${PATH}/environment_jobs/${id}`);
  schedules
    .command('list')
    .description('Lists the scheduled jobs that run next.')
    .option('--limit <number>', 'how many', integerFrom(1, 1000), 20)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook schedules list --limit 50')
    .action(async ({ limit, ...options }: JsonOption & { readonly limit: number }) => {
      const answer = await api.call<{ items: readonly Listed[] }>('GET', `${PATH}?limit=${limit}`);
      show(say, options, answer, () => tableOf(answer.items));
    });
  schedules
    .command('show')
    .description('Shows what a scheduled job runs, when it runs next and when it ran last.')
    .argument('<schedule>', 'number of the scheduled job', jobNumber)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook schedules show 3')
    .action(async (id: string, options: JsonOption) => {
      const answer = await scheduleOf(id);
      show(say, options, answer, () => linesOf(answer));
    });
  schedules.addCommand(scheduleCreateCommands(api, say));
  schedules
    .command('next')
    .description('Shows when a scheduled job runs next.')
    .argument('<schedule>', 'number of the scheduled job', jobNumber)
    .option('-n, --count <number>', 'how many runs', integerFrom(1, 1000), 5)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook schedules next 3 -n 10')
    .action(async (id: string, { count, ...options }: JsonOption & { readonly count: number }) => {
      const { next_run, schedule } = await scheduleOf(id);
      const next = nextRuns(next_run?.time ?? null, schedule.interval?.value ?? null, count);
      show(say, options, { next }, () => (next.length > 0 ? next : [`schedule ${id} does not run any more`]));
    });
  schedules
    .command('delete')
    .description('Deletes a scheduled job; what it has begun goes on.')
    .argument('<schedule>', 'number of the scheduled job', jobNumber)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook schedules delete 3')
    .action(async (id: string, options: JsonOption) => {
      await api.call('DELETE', `${PATH}/${id}`);
      show(say, options, { deleted: id }, () => [`schedule ${id} is deleted`]);
    });
  return schedules;
}

const tableOf = (items: readonly Listed[]) =>
  columns(
    ['schedule', 'next run', 'every', 'what', 'environment', 'owner', 'description'],
    items.map(({ name, next_run, schedule_options, type, task, plan, environment, owner, description }) => [
      name,
      next_run,
      everyOf(schedule_options.interval),
      task ?? plan ?? type,
      environment,
      owner.login,
      description,
    ]),
  );

function linesOf({ name, type, description, environment, owner, input, schedule, next_run, last_run }: Shown) {
  return columns(
    ['schedule', name],
    [
      ['description', description || null],
      ['type', type],
      ['environment', environment],
      ['owner', owner.login],
      ['first run', schedule.start_time],
      ['every', everyOf(schedule.interval)],
      ['next run', next_run?.time],
      [
        'last run',
        last_run && `${last_run.time}, ${last_run.job.name === null ? 'refused' : `job ${last_run.job.name}`}`,
      ],
    ],
  ).concat(printable(JSON.stringify(input, null, 2)));
}

const everyOf = (interval: Interval | null | undefined) => interval && `${interval.value} s`;
