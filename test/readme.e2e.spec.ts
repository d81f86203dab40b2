import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from './docs/markdown.js';
import { newcomer } from './docs/newcomer.js';
import { shellBlocks } from './docs/shell-blocks.js';
import type { DocumentedCommand } from './docs/shell-blocks.js';
import type { Said } from './setup/terminal.js';

const README = read('README.md');
const COMMANDS = shellBlocks(README).flatMap(({ heading, commands }) =>
  commands.map((documented) => ({ ...documented, name: `${heading}: ${documented.command.split('\n')[0]}` })),
);

const user = await newcomer([{ what: /events tail/, where: 'second', says: /daybook\.scheduled-job\.deleted/ }]);
afterAll(() => user.leave());

/** The packages are there already, and the tests are run by whoever runs this one. */
const TESTS = 'npm ci && npm test';
const withoutInstalling = (command: string) => command.replace(/^npm ci && /, '');

/** What a comment says of the answer: before the command its status, behind it words that are in it, in this order. */
function saidBy({ before, behind }: DocumentedCommand): RegExp {
  const [, status] = /^(\d{3}): /.exec(before) ?? [];
  const words = [...(status ? [`HTTP/1.1 ${status} `] : []), ...behind.split(/[ ,]+/)];
  return new RegExp(words.map((word) => word.replace(/[^\w ]/g, '\\$&')).join('[^]*'));
}

/** What the server prints at its first start, between the lines of npm. */
const [, PRINTED] = /^```\n(log: [^]+?)^```$/m.exec(README)!;
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('> '));

/** What else is to be seen after some commands. */
const BESIDES: Readonly<Record<string, (said: Said) => void>> = {
  'npm ci && npm start': ({ stdout, stderr }) => {
    const [token] = readFileSync(join(user.folder, '.daybook/admin-token'), 'utf8').split('\n');
    expect(token).toHaveLength(43);
    expect(linesOf(stdout)).toEqual(linesOf(user.withPorts(PRINTED!).replace('<43 characters>', token!)));
    expect(linesOf(stderr).filter((line) => !line.startsWith('{"level":'))).toEqual([]);
  },
  'curl http://localhost:3500/v1.0/jobs/backup/runs': () => {
    expect(user.terminals.third.said().stdout).toContain('POST /job/backup\n{"disk":"a"}');
  },
};

describe('the README, as a new user types it', () => {
  it.each(COMMANDS.filter(({ command }) => command !== TESTS))('$name', async (documented) => {
    const { command } = documented;
    const expected = saidBy(documented);
    const said = await user.typeUntil(withoutInstalling(command), ({ stdout }) => expect(stdout).toMatch(expected));
    BESIDES[command]?.(said);
  });
});

describe('this test', () => {
  it.each([TESTS, ...Object.keys(BESIDES)])('knows %s from the README', (command) => {
    expect(COMMANDS.map((documented) => documented.command)).toContain(command);
  });
});
