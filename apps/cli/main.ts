#!/usr/bin/env node
import { Command } from 'commander';

import { accessCommands } from './access.js';
import { agentsCommands } from './agents.js';
import { openApi } from './api.js';
import type { ApiArguments } from './api.js';
import { auditCommands } from './audit.js';
import { eventsCommands } from './events.js';
import { projectionsCommands } from './projections.js';
import { secretKeyCommands } from './secret-key.js';

const program = new Command('daybook')
  .description('Looks after a Daybook server, by its HTTP API.')
  .option('--url <url>', 'the server, in the place of DAYBOOK_URL')
  .option('--token <token>', 'the token to use, in the place of DAYBOOK_TOKEN')
  .addHelpText('after', '\nDAYBOOK_URL names the server, DAYBOOK_TOKEN is the token to use.');
const api = openApi(process.env, () => program.opts<ApiArguments>());
const say = (line: string) => process.stdout.write(`${line}\n`);
program.addCommand(accessCommands(api, say));
program.addCommand(agentsCommands(api, say));
program.addCommand(auditCommands(api, say));
program.addCommand(eventsCommands(api, say));
program.addCommand(projectionsCommands(api, say));
program.addCommand(secretKeyCommands(process.env['DAYBOOK_DATA_DIR'] ?? '.daybook', say));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
