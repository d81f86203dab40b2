import { Command } from 'commander';
import type { Api, Env } from '../api.js';
import { examine } from './examine.js';
import type { NamedFinding } from './examine.js';
import { printable } from '../printable.js';
import type { JsonOption, Say } from '../show.js';
import { JSON_OPTION, show } from '../show.js';

/** `daybook doctor`: what is wrong, and what to do. */
export function doctorCommand(api: Api, env: Env, version: string, say: Say): Command {
  return new Command('doctor')
    .description('Finds out what is wrong with a server, with the way to it and with the token, and says what to do.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExit status: 0 when nothing fails, else 1.\nExample: daybook doctor')
    .action(async (options: JsonOption) => {
      const findings = await examine({ api, env, version });
      show(say, options, { findings }, () => findings.map(lineOf));
      if (findings.some(({ outcome }) => outcome === 'fail')) process.exitCode = 1;
    });
}

const lineOf = ({ outcome, subject, says, advice }: NamedFinding) =>
  printable(`${outcome.padEnd(4)}  ${subject.padEnd(11)}  ${says}${advice === undefined ? '' : `; ${advice}`}`);
