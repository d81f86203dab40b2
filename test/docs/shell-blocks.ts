import { spawnSync } from 'node:child_process';
import { withoutCode } from './markdown.js';

/** A command of a document, as its reader types it. */
export interface DocumentedCommand {
  readonly command: string;
  /** The comments on the lines before it; empty: none. */
  readonly before: string;
  /** The comment behind it; empty: none. */
  readonly behind: string;
}

export interface ShellBlock {
  /** What it stands under. */
  readonly heading: string;
  readonly commands: readonly DocumentedCommand[];
}

/** The blocks of shell of a document, in order. */
export function shellBlocks(text: string): ShellBlock[] {
  const blocks = Array.from(text.matchAll(/^```sh\n([^]*?)^```$/gm));
  return blocks.map(({ index, 1: code }) => ({
    heading:
      withoutCode(text.slice(0, index))
        .match(/(?<=^#+ ).+$/gm)
        ?.at(-1) ?? '',
    commands: commandsIn(code!),
  }));
}

function commandsIn(code: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let [before, typed] = ['', ''];
  for (const line of code.split('\n')) {
    typed += `${line}\n`;
    if (typed.trim() === '') typed = '';
    else if (/^#/.test(typed)) [before, typed] = [`${before}${typed.slice(1).trim()} `, ''];
    else if (isWhole(typed)) {
      const [, command, behind = ''] = /^([^]*?)(?:\s+# ([^\n]*))?\s*$/.exec(typed)!;
      commands.push({ command: command!, before: before.trim(), behind });
      [before, typed] = ['', ''];
    }
  }
  // What no shell can read stays as it stands.
  if (typed !== '') commands.push({ command: typed.trim(), before: before.trim(), behind: '' });
  return commands;
}

/** Whether a shell would not wait for a further line. */
const isWhole = (typed: string) => spawnSync('sh', ['-n', '-c', typed]).status === 0;
