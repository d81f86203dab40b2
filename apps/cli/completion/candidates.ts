import type { Argument, Command, Option } from 'commander';

/** What may stand next on a command line. */
export interface Next {
  /** Words that the commands themselves know. */
  readonly words: readonly Candidate[];
  /** Name of the argument whose value it may be, such as `task`; null: none. */
  readonly value: string | null;
}

export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * Finds out what may stand in the place of the last word of a command line.
 * @param line words behind the name of the program, of which the last is not yet whole
 */
export function nextOn(program: Command, line: readonly string[]): Next {
  const last = line.at(-1) ?? '';
  const { command, args, open } = placeAfter(program, line.slice(0, -1));
  if (open) return valueOf(open.argChoices, nameIn(open.flags));
  if (last.startsWith('-')) {
    const words = optionsOf(command).map(({ long, description }) => ({ word: long!, about: description }));
    return { words, value: null };
  }
  const commands = commandsOf(command);
  if (commands.length > 0)
    return { words: commands.map((each) => ({ word: each.name(), about: each.description() })), value: null };
  const argument = argumentAt(command, args);
  return argument ? valueOf(argument.argChoices, argument.name()) : { words: [], value: null };
}

interface Place {
  readonly command: Command;
  /** How many arguments the command has got already. */
  readonly args: number;
  /** The option whose value comes next; null: none. */
  readonly open: Option | null;
}

function placeAfter(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, args: 0, open: null };
  for (const word of words) {
    const { command, args, open } = place;
    if (open) place = { command, args, open: null };
    else if (word.startsWith('-')) {
      const option = optionsOf(command).find(({ short, long }) => word === short || word === long);
      place = { command, args, open: option?.required ? option : null };
    } else {
      const next = commandsOf(command).find((each) => each.name() === word);
      place = next ? { command: next, args: 0, open: null } : { command, args: args + 1, open: null };
    }
  }
  return place;
}

/** Those of a command and of all above it. */
function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent ? optionsOf(command.parent) : [])];
}

const commandsOf = (command: Command): readonly Command[] => command.createHelp().visibleCommands(command);

function argumentAt({ registeredArguments }: Command, place: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[place] ?? (last?.variadic ? last : undefined);
}

/** `nodes` of `--nodes <nodes>`. */
const nameIn = (flags: string) => /<([\w-]+)/.exec(flags)?.[1] ?? null;

const valueOf = (choices: readonly string[] | undefined, value: string | null): Next => ({
  words: (choices ?? []).map((word) => ({ word, about: '' })),
  value,
});
