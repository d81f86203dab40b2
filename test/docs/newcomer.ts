import { freshCopy } from '../setup/fresh-copy.js';
import { choosePort } from '../setup/port.js';
import { openTerminal } from '../setup/terminal.js';
import type { Said, Terminal } from '../setup/terminal.js';

/** A command that goes on until Ctrl-C. */
export interface GoingOn {
  readonly what: RegExp;
  readonly where: keyof Terminals;
  /** What it says once it is at work. */
  readonly says: RegExp;
}

/** Three terminals in the folder of Daybook, and one on another machine. */
export type Terminals = Readonly<Record<'first' | 'second' | 'third' | 'elsewhere', Terminal>>;

/** Somebody with a fresh copy of Daybook and no data, who types what a document shows. */
export interface Newcomer {
  /** Where the copy is. */
  readonly folder: string;
  readonly terminals: Terminals;
  /** A text with the ports in it that are used here. */
  withPorts(text: string): string;
  /**
   * Types a command in the terminal where it goes on, else in the second one, and waits until it is at work or has ended
   * well. Its `<token>` is the one that was shown last.
   */
  type(command: string): Promise<Said>;
  /** Types a command again until it says what is looked for, as where a task has not ended yet; but not forever. */
  typeUntil(command: string, check: (said: Said) => unknown): Promise<Said>;
  leave(): Promise<void>;
}

/** Tests run side by side, so that each uses ports of its own; nothing else in a document is replaced. */
const PORTS = /\b(?:8143|3500|6001)\b/g;

/** How long an answer may be another one than the document says. */
const PATIENCE_MS = 20_000;

const GOING_ON: readonly GoingOn[] = [
  { what: /npm start$/, where: 'first', says: /^ready: /m },
  { what: /^npm run agent .*--join/, where: 'elsewhere', says: /"msg":"connected"/ },
  { what: /^npm run agent/, where: 'third', says: /"msg":"connected"/ },
  { what: /^node/, where: 'third', says: /listening/ },
];

/** @param also what goes on besides servers, agents and apps */
export async function newcomer(also: readonly GoingOn[]): Promise<Newcomer> {
  const [here, elsewhere] = [freshCopy(), freshCopy()];
  const ports = new Map<string, number>();
  for (const port of ['8143', '3500', '6001']) ports.set(port, await choosePort());
  const withPorts = (text: string) => text.replace(PORTS, (port) => String(ports.get(port)));
  const env = {
    DAYBOOK_PORT: withPorts('8143'),
    DAYBOOK_JOBS_PORT: withPorts('3500'),
    DAYBOOK_URL: withPorts('http://127.0.0.1:8143'),
    // Nobody has logged in.
    XDG_CONFIG_HOME: here.path,
  };
  const open = ({ path }: { readonly path: string }) => openTerminal(path, env);
  const terminals = { first: open(here), second: open(here), third: open(here), elsewhere: open(elsewhere) };

  /** The line that an invitation has shown. */
  let invited = '';

  async function type(command: string): Promise<Said> {
    const typed = command.includes('<token>') ? invited : withPorts(command);
    const goingOn = [...also, ...GOING_ON].find(({ what }) => what.test(command));
    if (goingOn) return terminals[goingOn.where].begin(typed, goingOn.says);
    const outcome = await terminals.second.run(typed);
    expect(outcome).toMatchObject({ status: 0 });
    invited = /^npm run agent .+$/m.exec(outcome.stdout)?.[0] ?? invited;
    return outcome;
  }

  return {
    folder: here.path,
    terminals,
    withPorts,
    type,
    async typeUntil(command, check) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const said = await type(command);
        try {
          await check(said);
          return said;
        } catch (error) {
          if (performance.now() > deadline) throw error;
        }
      }
    },
    async leave() {
      await Promise.all(Object.values(terminals).map((terminal) => terminal.close()));
      here.remove();
      elsewhere.remove();
    },
  };
}
