import { Command } from 'commander';
import type { Api } from './api.js';
import { addCatalogue } from './catalogue.js';
import { planRequest, DETACH_OPTION, takesPlan, takesRunOptions } from './run-request.js';
import type { RunOptions } from './run-request.js';
import { waitForPlan } from './run-plan.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

type Options = RunOptions & JsonOption & { readonly detach?: true };

/** `daybook plans …`: what runs tasks, in an order. */
export function plansCommands(api: Api, say: Say): Command {
  const plans = new Command('plans').description('Lists, shows and runs plans.');
  addCatalogue(plans, 'plan', api, say);
  takesRunOptions(takesPlan(plans.command('run')))
    .description('Runs a plan, waits and shows what it returns.')
    .option(...DETACH_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nWhat the plan does meanwhile is said on standard error.' +
        '\nExit status: 0 when the plan has succeeded, else 1.' +
        '\nExamples:' +
        '\n  daybook plans run tutorial targets=localhost greeting=hello' +
        '\n  daybook plans run facts::info targets=web1.example.com,web2.example.com --detach',
    )
    .action(async (plan: string, params: readonly string[], options: Options) => {
      const response = await api.ask('POST', '/orchestrator/v1/command/plan_run', planRequest(plan, params, options));
      const answer = (await response.json()) as { readonly name: string };
      if (options.detach) {
        return show(say, options, answer, () => [
          `plan job ${answer.name} runs: daybook jobs watch ${answer.name} --plan`,
        ]);
      }
      await waitForPlan(api, answer.name, Number(response.headers.get('daybook-position')), options, say);
    });
  return plans;
}
