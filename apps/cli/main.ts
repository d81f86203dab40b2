#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { accessCommands } from './access.js';
import { apiOf } from './api.js';

const program = new Command('daybook')
  .description('Talks to a Daybook server: at DAYBOOK_URL, with the token in DAYBOOK_TOKEN or in <data>/admin-token.')
  .exitOverride();

const api = () => apiOf(process.env);
for (const command of [accessCommands(api)]) program.addCommand(command);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong with the arguments.
  if (error instanceof CommanderError) process.exit(error.exitCode);
  process.stderr.write(`daybook: ${(error as Error).message}\n`);
  process.exit(1);
}
