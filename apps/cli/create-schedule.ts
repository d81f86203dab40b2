import { Command, InvalidArgumentError } from 'commander';
import type { Api } from './api.js';
import { DURATION_EXPECTED, secondsOf } from './duration.js';
import type { RunOptions, TaskOptions } from './run-request.js';
import { planRequest, takesPlan, takesRunOptions, takesTask, taskRequest } from './run-request.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';
import { WrongUse } from './wrong-use.js';

interface TimeOptions {
  readonly at?: string;
  /** In seconds. */
  readonly every?: number;
}

/** `daybook schedules create …`. */
export function scheduleCreateCommands(api: Api, say: Say): Command {
  const create = new Command('create').description('Schedules a task or a plan.');

  async function schedule(command: string, request: object, options: TimeOptions & JsonOption) {
    const body = { ...request, ...timesOf(options) };
    const answer = await api.call<Answer>('POST', `/orchestrator/v1/command/${command}`, body);
    const { name } = answer.scheduled_job;
    show(say, options, answer, () => [`schedule ${name} runs first at ${body.scheduled_time}`]);
  }

  takesTimes(takesRunOptions(takesTask(create.command('task'))))
    .description('Runs a task on nodes later, or again and again.')
    .addHelpText(
      'after',
      '\nExamples:' +
        '\n  daybook schedules create task echo message=hello --nodes localhost --at 2100-05-05T19:50:08Z' +
        '\n  daybook schedules create task facts --nodes web1.example.com --every 1h',
    )
    .action((task: string, params: readonly string[], options: TimeOptions & TaskOptions) =>
      schedule('schedule_task', taskRequest(task, params, options), options),
    );
  takesTimes(takesRunOptions(takesPlan(create.command('plan'))))
    .description('Runs a plan later, or again and again.')
    .addHelpText('after', '\nExample: daybook schedules create plan facts::info targets=localhost --at +10m --every 1d')
    .action((plan: string, params: readonly string[], options: TimeOptions & RunOptions) =>
      schedule('schedule_plan', planRequest(plan, params, options), options),
    );
  return create;
}

interface Answer {
  readonly scheduled_job: { readonly name: string };
}

const takesTimes = (command: Command): Command =>
  command
    .option(
      '--at <time>',
      'of the first run, like 2100-05-05T19:50:08Z, or from now like +10m; if left out, after --every',
    )
    .option('--every <duration>', `from one run to the next, ${DURATION_EXPECTED}`, durationOf)
    .option(...JSON_OPTION);

function durationOf(text: string): number {
  const seconds = secondsOf(text);
  if (seconds === null) throw new InvalidArgumentError(`expected ${DURATION_EXPECTED}`);
  return seconds;
}

/** @throws WrongUse when nothing says when */
function timesOf({ at, every }: TimeOptions) {
  const interval = every === undefined ? undefined : { units: 'seconds', value: every };
  const schedule_options = interval && { interval };
  if (at !== undefined && !at.startsWith('+')) return { scheduled_time: at, schedule_options };
  const inS = at === undefined ? every : secondsOf(at.slice(1));
  if (inS === undefined) throw new WrongUse('--at and --every are missing, expected one of them');
  if (inS === null) throw new WrongUse(`--at is '${at}', expected a time, or + and ${DURATION_EXPECTED}`);
  return { scheduled_time: new Date(Date.now() + inS * 1000).toISOString(), schedule_options };
}
