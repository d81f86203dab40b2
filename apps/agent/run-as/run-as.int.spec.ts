import { chmodSync, existsSync } from 'node:fs';

import type { TaskRunMessage } from '#agent-protocol';

import { until } from '../../../libs/platform/testing/until.js';
import { newFolder } from '../../../test/setup/folder.js';
import type { Folder } from '../../../test/setup/folder.js';
import { processesNaming } from '../../../test/setup/processes.js';
import { openSite } from '../testing/site.js';
import type { Site } from '../testing/site.js';

const NODE = 'web1.example.com';
const USER = 'nobody';

let site: Site;
let folder: Folder;
let agent: ReturnType<Site['agent']>;
beforeEach(async () => {
  site = await openSite();
  folder = newFolder();
  chmodSync(folder.path('.'), 0o777);
  agent = site.agent(NODE, { OF_THE_AGENT: 'not for others' });
});
afterEach(async () => {
  await site.close();
  folder.remove();
});

const start = (script: string, more: Partial<TaskRunMessage> = {}) =>
  site.dispatcher.run(NODE, 'r1', script, { runAs: USER, ...more });

async function ends(script: string, more: Partial<TaskRunMessage> = {}) {
  await start(script, more);
  return site.dispatcher.ended('r1');
}

/** Lines of a script that leave behind where it runs, and wait. */
const waiting = () =>
  `pwd >${folder.path('new')}; mv ${folder.path('new')} ${folder.path('began')}; until [ -e ${folder.path('go')} ]; do sleep 0.1; done`;

/** Waits until a script waits. @returns its folder */
async function began(): Promise<string> {
  await until(() => folder.has('began'));
  return folder.read('began').trim();
}

const isRoot = process.getuid!() === 0;

(isRoot ? describe : describe.skip)('a task that runs as another user, which takes an agent of root', () => {
  it('is that user, with their home, its own files and its input, and without what is of the agent', async () => {
    const script = `#!/bin/sh
      printf '{"user":"%s","groups":"%s","home":"%s","names":"%s",' "$(id -un)" "$(id -Gn)" "$HOME" "$USER $LOGNAME"
      printf '"env":"%s","lib":"%s","attempt":%s,' "$PT_name $PT_word $OF_THE_AGENT" "$(cat "$PT__installdir/other/lib/a")" "$DAYBOOK_ATTEMPT"
      printf '"mode":"%s","stdin":%s}' "$(ls -ld . | cut -c1-10)" "$(cat)"`;
    const files = [site.dispatcher.file('test/tasks/init.sh', script), site.dispatcher.file('other/lib/a', 'library')];
    const params = { value: { name: "it's" } };
    expect(await ends('', { files, params, secrets: { word: 'correct-horse' } })).toMatchObject({
      kind: 'finished',
      result: {
        user: USER,
        groups: 'nogroup',
        home: '/nonexistent',
        names: 'nobody nobody',
        env: "it's [redacted] ",
        lib: 'library',
        attempt: 1,
        mode: 'drwx------',
        stdin: { name: "it's", word: '[redacted]', _task: 'test' },
      },
    });
  });

  it('gives its output and its exit status as they are, and leaves nothing behind', async () => {
    const ended = await ends(`pwd | tee ${folder.path('where')}; echo on stderr >&2; exit 255`);
    const where = folder.read('where');
    expect(where).toMatch(/^\/tmp\/daybook-\w+\n$/);
    expect(ended).toMatchObject({
      kind: 'failed',
      result: { _output: where, _error: { details: { exit_code: 255 } } },
    });
    expect(existsSync(where.trim())).toBe(false);
  });

  it('makes files as anybody does', async () => {
    await ends(`umask >${folder.path('mask')}`);
    expect(Number.parseInt(folder.read('mask'), 8)).toBe(process.umask());
  });

  it('outlives its agent, and is found again by the next one', async () => {
    await start(`${waiting()}; echo "attempt $DAYBOOK_ATTEMPT"`);
    await began();
    await agent.end('SIGKILL');
    agent = site.agent(NODE);
    await site.dispatcher.hello((hello) => hello.holding.includes('r1'));
    folder.write('go');
    expect(await site.dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: 'attempt 1\n' } });
  });

  it.each([
    ['', 'stopped'],
    ["trap '' TERM; ", 'stopped and holds out'],
  ])('%sis ended where it is %s, with all that it began and its folder', async (first) => {
    const marker = folder.path('marker');
    await start(`${first}(sh -c 'sleep 600; :' ${marker} &) ; ${waiting()}`);
    const where = await began();
    await site.dispatcher.stop(NODE, 'r1');
    expect(await site.dispatcher.ended('r1')).toMatchObject({ result: { _error: { kind: 'daybook/stopped' } } });
    await until(() => processesNaming(marker).length === 0);
    await until(() => !existsSync(where));
  });

  it('is errored where there is no such user', async () => {
    expect(await ends('echo', { runAs: 'no-such-user' })).toMatchObject({
      kind: 'errored',
      error: {
        kind: 'puppetlabs.orchestrator/execution-failure',
        msg: expect.stringMatching(/^The task cannot run as no-such-user: id: .*no such user$/) as string,
      },
    });
  });

  it('is errored where it cannot be run', async () => {
    const files = [site.dispatcher.file('test/tasks/init.sh', '#!/no/such/interpreter\n')];
    expect(await ends('', { files })).toMatchObject({
      kind: 'errored',
      error: { msg: expect.stringContaining('init.sh cannot be run') as string },
    });
  });
});
