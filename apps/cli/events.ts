import { Command } from 'commander';
import type { Api } from './api.js';
import { credentialCommands } from './credentials.js';
import { exportEvents } from './export-events.js';

type Say = (line: string) => unknown;

/** The log as a whole: `daybook events …`. */
export function eventsCommands(api: Api, say: Say): Command {
  const events = new Command('events').description(
    'Exports the log, imports it again, and lets subscribers read it over NATS.',
  );

  events
    .command('export')
    .description('Writes the whole log into a file, or goes on where that was broken off.')
    .argument('<file>', 'is written as <file>.part until it is whole; one that is there is replaced then')
    .option('--json', 'say as JSON what the file holds')
    .addHelpText('after', '\nExample: daybook events export backup.ndjson.gz')
    .action((file: string, options: { json?: true }) => exportEvents(api, file, options, say));

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
