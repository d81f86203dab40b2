#!/usr/bin/env node
import { Command } from 'commander';

import { accessCommands } from './access.js';
import { agentsCommands } from './agents.js';
import { openApi } from './api.js';
import { secretKeyCommands } from './secret-key.js';

const program = new Command('daybook')
  .description('Looks after a Daybook server, by its HTTP API.')
  .addHelpText('after', '\nDAYBOOK_URL names the server, DAYBOOK_TOKEN is the token to use.');
const api = openApi(process.env);
const say = (line: string) => process.stdout.write(`${line}\n`);
program.addCommand(accessCommands(api, say));
program.addCommand(agentsCommands(api, say));
program.addCommand(secretKeyCommands(process.env['DAYBOOK_DATA_DIR'] ?? '.daybook', say));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
