import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WrongUse } from './wrong-use.js';

/** The password in the first line of standard input. @throws WrongUse when there is none */
export async function passwordOnInput(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n[^]*$/, '');
  if (password === '') throw new WrongUse('standard input has no password, expected one in its first line');
  return password;
}

/** Asks on the terminal, which does not show what is typed. */
export async function askPassword(): Promise<string> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  terminal.once('SIGINT', () => process.exit(1));
  process.stderr.write('Password: ');
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
