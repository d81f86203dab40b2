import { Command } from 'commander';
import { VERSION } from '#platform';
import { accessCommands } from './access.js';
import { agentsCommands } from './agents.js';
import { openApi } from './api.js';
import type { ApiArguments, Env } from './api.js';
import { auditCommands } from './audit.js';
import { completeCommand, completionCommand } from './completion/completion.js';
import { doctorCommand } from './doctor/doctor.js';
import { eventsCommands } from './events.js';
import { jobsCommands } from './jobs.js';
import { loginCommand } from './login.js';
import { nodesCommands } from './nodes.js';
import { plansCommands } from './plans.js';
import { projectionsCommands } from './projections.js';
import { schedulesCommands } from './schedules.js';
import { secretKeyCommands } from './secret-key.js';
import type { Say } from './show.js';
import { tasksCommands } from './tasks.js';

const HELP = `
The server is that of --url, else DAYBOOK_URL, else http://127.0.0.1:8143.
The token is that of --token, else DAYBOOK_TOKEN, else the one that 'daybook login' has kept for the server, else the
one in admin-token in DAYBOOK_DATA_DIR, else in .daybook.

Exit status: 0 good; 1 it failed, or what it is about has; 2 wrong use, nothing was asked of the server.

Examples:
  daybook doctor
  daybook tasks run echo message=hello --nodes localhost`;

/** All commands. It throws CommanderError where it would end the process. */
export function daybookProgram(env: Env, say: Say): Command {
  const program = new Command('daybook')
    .description('Runs tasks and plans on a Daybook server, and looks after it, by its HTTP API.')
    .version(VERSION)
    .option('--url <url>', 'the server, in the place of DAYBOOK_URL')
    .option('--token <token>', 'the token to use, in the place of DAYBOOK_TOKEN')
    .addHelpText('after', HELP);
  const api = openApi(env, () => program.opts<ApiArguments>());
  program.addCommand(tasksCommands(api, say));
  program.addCommand(plansCommands(api, say));
  program.addCommand(schedulesCommands(api, say));
  program.addCommand(jobsCommands(api, say));
  program.addCommand(nodesCommands(api, say));
  program.addCommand(agentsCommands(api, say));
  program.addCommand(accessCommands(api, say));
  program.addCommand(eventsCommands(api, say));
  program.addCommand(auditCommands(api, say));
  program.addCommand(projectionsCommands(api, say));
  program.addCommand(secretKeyCommands(env['DAYBOOK_DATA_DIR'] || '.daybook', say));
  program.addCommand(loginCommand(api, env, say));
  program.addCommand(doctorCommand(api, env, VERSION, say));
  program.addCommand(completionCommand(say));
  program.addCommand(completeCommand(api, say), { hidden: true });
  for (const command of withAllBelow(program)) {
    command.exitOverride().showHelpAfterError(`'${pathOf(command)} --help' explains it`);
  }
  return program;
}

/** A command and all commands below it. */
export const withAllBelow = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withAllBelow),
];

/** Name of a command with those that it stands below, as it is typed. */
export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
