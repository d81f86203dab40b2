import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from './markdown.js';
import { newcomer } from './newcomer.js';
import { shellBlocks } from './shell-blocks.js';
import type { Said } from '../setup/terminal.js';

const user = await newcomer([
  { what: /^curl -N/, where: 'second', says: /^event: daybook\.job\.finished$/m },
  { what: /reader\.mjs$/, where: 'third', says: /^1 daybook\.writer\.opened/m },
]);
beforeAll(() => user.type('npm start'));
afterAll(() => user.leave());

/** The block of a document in another language than the shell's. */
const blockOf = (path: string, language: string) =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(read(path))![1]!;

/** Folders that the documents name lie beside those of the copy here. */
const withFolders = (command: string) => command.replaceAll('/srv/daybook', join(user.folder, 'restored'));

/** What is typed before a command, as the document says in words only. */
const FIRST: Readonly<Record<string, string>> = {
  'npm run daybook -- events import backup.ndjson.gz --data-dir /srv/daybook': 'cp .daybook/secret-key secret-key',
  'npm run daybook -- projections status': 'export DAYBOOK_DATA_DIR=/srv/daybook',
};

const says = (text: RegExp | string) => (said: Said) => {
  expect(said.stdout).toMatch(text);
};

/** What a command is to have said, by how it ends. */
const ANSWERS: Readonly<Record<string, (said: Said) => unknown>> = {
  '"greeting": "good morning"}}\'': says('{"name":"1"}'),
  '$O/plan_jobs/1': ({ stdout }) => {
    const result: unknown = JSON.parse(blockOf('docs/plans.md', 'json'));
    expect(JSON.parse(stdout)).toMatchObject({ state: 'success', result });
  },
  '$O/plan_jobs/1/events': says('"type":"plan_finished"'),
  '$O/jobs': says('"command":"plan_task"'),
  // An error would be said.
  '"data": {"disk": "a"}}\'': says(/^$/),
  "audit?actor=kate&type=daybook.scheduled-job.*'": says(/^\{"items":\[/),
  "--actor kate --type 'daybook.scheduled-job.*'": says(/^event +time +who /m),
  '/schemas/daybook.job.created/1': says('"title": "daybook.job.created"'),
  'events credential analytics': async ({ stdout }) => {
    const [, server] = /^server +(\S+)$/m.exec(stdout)!;
    writeFileSync(join(user.folder, 'reader.mjs'), blockOf('docs/events.md', 'js'));
    await user.type(`SERVER=${server} node reader.mjs`);
  },
  'events credentials': says(/^analytics +/m),
  'events credential analytics --revoke': says(/^analytics is revoked$/m),
  'events export backup.ndjson.gz': says(/^backup\.ndjson\.gz holds the log /m),
  'audit verify backup.ndjson.gz': says(/^all holds: /m),
  '--data-dir /srv/daybook': says(/ holds the log .+ up to event \d+/),
  'projections status': says(/^orchestrator .* at work$/m),
  'projections compare': says(/^orchestrator: all \d+ rows are those of the log/m),
  'projections rebuild': says(/^orchestrator is rebuilt; all \d+ rows are those of the log/m),
  'agents invite --node web1.example.com': says(/ --join \S+$/m),
};

const answerTo = (command: string) =>
  Object.entries(ANSWERS).find(([end]) => command.endsWith(end))?.[1] ?? (() => undefined);

/** A log has none in its first ten minutes. */
const needsCheckpoint = (command: string) => /checkpoint/.test(command);

const DOCUMENTS = ['docs/plans.md', 'docs/jobs-api.md', 'docs/audit.md', 'docs/events.md', 'docs/operations.md'];

describe.each(DOCUMENTS)('%s, as it is typed', (path) => {
  const blocks = shellBlocks(read(path)).filter(({ commands }) =>
    commands.every(({ command }) => !needsCheckpoint(command)),
  );
  const commands = blocks.flatMap((block) => block.commands.map(({ command }) => command));

  it.each(commands)('%s', async (command) => {
    if (FIRST[command]) await user.type(withFolders(FIRST[command]));
    await user.typeUntil(withFolders(command), answerTo(command));
  });
});
