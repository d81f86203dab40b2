import { Command } from 'commander';
import type { Api } from './api.js';

type Say = (line: string) => unknown;

/** What auditors do: `daybook audit …`. */
export function auditCommands(api: Api, say: Say): Command {
  const audit = new Command('audit').description('Proves that nothing in the log was changed.');

  audit
    .command('verify')
    .description("Holds each commit and large value against the log's chain of hashes.")
    .argument('[file]', 'an export, which needs no server; else the log of the server')
    .option('--json', 'say the outcome as JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 when all holds, 1 with the place when not, 2 when it could not be verified.' +
        '\nExample: daybook audit verify backup.ndjson.gz',
    )
    .action(async (file: string | undefined, { json }: { json?: true }) => {
      // Takes longer to load than the other commands take.
      const { verify } = await import('./verify-log.js');
      const { status, line, outcome } = await verify(api, file);
      if (json) say(JSON.stringify(outcome));
      else if (status === 0) say(line);
      else process.stderr.write(`${line}\n`);
      process.exitCode = status;
    });

  return audit;
}
