import { Command } from 'commander';
import type { Api } from './api.js';
import { credentialCommands } from './credentials.js';
import { integerFrom } from './numbers.js';
import { tailEvents } from './tail-events.js';
import type { TailOptions } from './tail-events.js';

type Say = (line: string) => unknown;

/** The log as a whole: `daybook events …`. */
export function eventsCommands(api: Api, say: Say): Command {
  const events = new Command('events').description(
    'Follows the log, exports and imports it, and lets subscribers read it over NATS.',
  );

  events
    .command('tail')
    .description('Says events as they come, each once, until Ctrl-C; a connection that is lost is opened again.')
    .option(
      '--after <number>',
      'begin after this event, 0: with the first; else with the next new one',
      integerFrom(0, 1e15),
    )
    .option('--type <names>', 'names of events with commas between them; * stands for any part')
    .option('--subject <subject>', 'what they are about, like job/117')
    .option('--owner <id>', 'id of the user whose job it is')
    .option('--environment <environment>', 'in which the job runs')
    .option('--json', 'say each event as JSON, on a line')
    .addHelpText(
      'after',
      '\nExamples:' + '\n  daybook events tail' + "\n  daybook events tail --type 'daybook.job.*' --after 0 --json",
    )
    .action((options: TailOptions) => tailEvents(api, options, say));

  events
    .command('export')
    .description('Writes the whole log into a file, or goes on where that was broken off.')
    .argument('<file>', 'is written as <file>.part until it is whole; one that is there is replaced then')
    .option('--json', 'say as JSON what the file holds')
    .addHelpText('after', '\nExample: daybook events export backup.ndjson.gz')
    .action(async (file: string, options: { json?: true }) => {
      // Takes longer to load than the other commands take.
      const { exportEvents } = await import('./export-events.js');
      await exportEvents(api, file, options, say);
    });

  events
    .command('import')
    .description('Restores the log from an export into an empty data folder, on which no server runs.')
    .argument('<file>', 'that daybook events export has written')
    .option('--data-dir <folder>', 'data folder, in the place of DAYBOOK_DATA_DIR')
    .option('--json', 'say as JSON what was restored')
    .addHelpText('after', '\nExample: daybook events import backup.ndjson.gz --data-dir /var/lib/daybook')
    .action(async (file: string, options: { dataDir?: string; json?: true }) => {
      // Starts a nats-server, for which the other commands need not wait.
      const { importEvents } = await import('./import-events.js');
      await importEvents(file, options, say);
    });

  for (const command of credentialCommands(api, say)) events.addCommand(command);
  return events;
}
