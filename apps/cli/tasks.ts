import { Command } from 'commander';
import type { Api } from './api.js';
import { addCatalogue } from './catalogue.js';
import type { TaskOptions } from './run-request.js';
import { DETACH_OPTION, takesRunOptions, takesTask, taskRequest } from './run-request.js';
import { waitForTask } from './run-task.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

type Options = TaskOptions & JsonOption & { readonly detach?: true };

/** `daybook tasks …`: what runs on nodes. */
export function tasksCommands(api: Api, say: Say): Command {
  const tasks = new Command('tasks').description('Lists, shows and runs tasks.');
  addCatalogue(tasks, 'task', api, say);
  takesRunOptions(takesTask(tasks.command('run')))
    .description('Runs a task on nodes, waits and shows what each of them answers.')
    .option(...DETACH_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nA value that is JSON, like 5, true or \'{"a": 1}\', is that; any other is text.' +
        '\nExit status: 0 when the task has succeeded on all nodes, else 1.' +
        '\nExamples:' +
        '\n  daybook tasks run echo message=hello --nodes localhost' +
        '\n  daybook tasks run package action=status name=nginx --query \'inventory[certname] { facts.kernel = "Linux" }\'' +
        '\n  daybook tasks run echo --params params.json --targets targets.json --detach',
    )
    .action(async (task: string, params: readonly string[], options: Options) => {
      const response = await api.ask('POST', '/orchestrator/v1/command/task', taskRequest(task, params, options));
      const answer = (await response.json()) as { readonly job: { readonly name: string } };
      const { name } = answer.job;
      if (options.detach) return show(say, options, answer, () => [`job ${name} runs: daybook jobs watch ${name}`]);
      await waitForTask(api, name, Number(response.headers.get('daybook-position')), options, say);
    });
  return tasks;
}
