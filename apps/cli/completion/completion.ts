import { Argument, Command } from 'commander';
import type { Api } from '../api.js';
import { printable } from '../printable.js';
import type { Say } from '../show.js';
import { nextOn } from './candidates.js';
import { SCRIPTS } from './scripts.js';
import { valuesOf } from './values.js';

type Shell = keyof typeof SCRIPTS;

/** `daybook completion …`: what lets a shell complete commands. */
export function completionCommand(say: Say): Command {
  return new Command('completion')
    .description('Prints a script with which a shell completes commands, options and names.')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      '\nExamples:' +
        '\n  daybook completion bash >> ~/.bashrc' +
        '\n  daybook completion zsh >> ~/.zshrc' +
        '\n  daybook completion fish > ~/.config/fish/completions/daybook.fish',
    )
    .action((shell: Shell) => void say(SCRIPTS[shell]));
}

/** `daybook complete -- …`: what the scripts ask. The words of a line come behind `--`, the last as far as it is typed. */
export function completeCommand(api: Api, say: Say): Command {
  return new Command('complete')
    .argument('[words...]')
    .action(async (line: readonly string[], _options, command: Command) => {
      const { words, value } = nextOn(command.parent!, line);
      const last = line.at(-1) ?? '';
      // Of a list with commas only the last is to be found.
      const before = value === 'nodes' ? last.slice(0, last.lastIndexOf(',') + 1) : '';
      const found = value === null ? words : [...words, ...(await valuesOf(api, value))];
      for (const { word, about } of found) {
        if (`${before}${word}`.startsWith(last)) say(`${before}${word}\t${printable(about).replace(/\s+/g, ' ')}`);
      }
    });
}
