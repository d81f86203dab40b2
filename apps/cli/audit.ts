import { Command } from 'commander';
import type { Api } from './api.js';
import { auditLog, withAuditFilters } from './audit-log.js';
import type { AuditLogOptions } from './audit-log.js';
import { checkpointCommand } from './checkpoints.js';
import type { VerifyOptions } from './expected.js';

type Say = (line: string) => unknown;

/** What auditors do: `daybook audit …`. */
export function auditCommands(api: Api, say: Say): Command {
  const audit = new Command('audit').description('Tells who did what, and proves that nothing in the log was changed.');

  audit
    .command('verify')
    .description("Holds each commit and large value against the log's chain of hashes.")
    .argument('[file]', 'an export, which needs no server; else the log of the server')
    .option('--checkpoint <file>', 'a checkpoint that was kept, which the log must still hold')
    .option(
      '--key <key>',
      'a public key that may have signed checkpoints, again for each; others may not then',
      another,
    )
    .option('--json', 'say the outcome as JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 when all holds, 1 with the place when not, 2 when it could not be verified.' +
        '\nExample: daybook audit verify backup.ndjson.gz --checkpoint checkpoint.json',
    )
    .action(async (file: string | undefined, options: VerifyOptions) => {
      // Takes longer to load than the other commands take.
      const { verify } = await import('./verify-log.js');
      const { status, line, outcome } = await verify(api, file, options);
      if (options.json) say(JSON.stringify(outcome));
      else if (status === 0) say(line);
      else process.stderr.write(`${line}\n`);
      process.exitCode = status;
    });

  audit.addCommand(checkpointCommand(api, say));
  withAuditFilters(audit.command('log'))
    .description('Lists who did what, the newest first.')
    .action((options: AuditLogOptions) => auditLog(api, options, say));
  return audit;
}

const another = (key: string, keys: readonly string[] = []) => [...keys, key];
