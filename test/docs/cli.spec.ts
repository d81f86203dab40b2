import type { Command } from 'commander';
import { daybookProgram, pathOf, withAllBelow } from '../../apps/cli/program.js';
import { read } from './markdown.js';

/** Commands that do something, without those that nobody is to type. */
const commands = leavesOf(newProgram());

function newProgram(): Command {
  return daybookProgram({}, () => undefined);
}

function leavesOf(program: Command): readonly Command[] {
  const visible = new Set(program.createHelp().visibleCommands(program));
  return program.commands
    .filter((command) => visible.has(command))
    .flatMap(withAllBelow)
    .filter(({ commands }) => commands.length === 0);
}

/** Lines that begin with the name of the program, or have it behind `Example:`. */
function examplesIn(text: string): string[] {
  return Array.from(text.matchAll(/^(?:Example: | {2})?(daybook .+)$/gm), ([, example]) => example!);
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

/** The words that a shell makes of an example, up to a comment or where input and output are. */
function wordsOf(example: string): string[] {
  const tokens = example.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)!;
  const end = tokens.findIndex((token) => /^(?:#|<|>|\||>>)$/.test(token));
  const unquoted = (token: string) => token.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3');
  return tokens.slice(1, end < 0 ? undefined : end).map(unquoted);
}

/** The command that an example would run, with what it does left out. @throws what commander says of wrong use */
async function commandOf(example: string): Promise<string | null> {
  const program = newProgram();
  let run: string | null = null;
  for (const command of withAllBelow(program)) {
    command.configureOutput({ writeErr: () => undefined }).action(() => void (run = pathOf(command)));
  }
  await program.parseAsync(wordsOf(example), { from: 'user' });
  return run;
}

describe('docs/cli.md', () => {
  it('has a right example of each command, and of nothing else', async () => {
    const shown = await Promise.all(examplesIn(read('docs/cli.md')).map(commandOf));
    expect(new Set(shown)).toEqual(new Set(commands.map(pathOf)));
  });
});

describe.each(commands.map((command) => [pathOf(command), command] as const))('the help of %s', (path, command) => {
  it('says what it does, and has right examples', async () => {
    expect(command.description()).not.toBe('');
    const examples = await Promise.all(examplesIn(helpOf(command)).map(commandOf));
    expect(new Set(examples)).toEqual(new Set([path]));
  });
});

describe('all commands that answer', () => {
  it('take --json', () => {
    const without = commands.filter(({ options }) => !options.some(({ long }) => long === '--json'));
    expect(without.map(pathOf)).toEqual(['daybook completion']);
  });
});
