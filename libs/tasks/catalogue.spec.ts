import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';

import { bundledModules, InvalidTask, openCatalogue, UnknownEnvironment } from './index.js';
import type { TaskCatalogue } from './index.js';

let root: string;
let catalogue: TaskCatalogue;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'daybook-tasks-'));
  catalogue = openCatalogue({
    modulePath: [join(root, 'shared'), bundledModules],
    environmentPath: join(root, 'environments'),
    freshMs: 0,
  });
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

function makeFifo(path: string): void {
  execFileSync('mkfifo', [join(root, path)]);
}

const find = (name: string, environment = 'production') => catalogue.find(environment, name);

describe('the task catalogue', () => {
  it('has the bundled tasks', async () => {
    expect(await catalogue.list('production')).toEqual(['echo', 'facts', 'fail']);
    expect(await find('echo')).toMatchObject({ executable: 'echo/tasks/init.sh', inputMethod: 'stdin' });
  });

  it('describes a task with all of its files', async () => {
    const json = {
      input_method: 'environment',
      files: ['web/lib/a.rb', 'other/files/sub/'],
      extensions: { daybook: { rerun: false } },
    };
    await write({
      'shared/web/tasks/deploy.sh': 'deploy',
      'shared/web/tasks/deploy.json': JSON.stringify(json),
      'shared/web/lib/a.rb': 'a',
      'shared/other/files/sub/x': 'x',
      'shared/other/files/sub/deep/y': 'y',
    });
    const task = await find('web::deploy');
    expect(task).toMatchObject({
      inputMethod: 'environment',
      executable: 'web/tasks/deploy.sh',
      metadata: { rerun: false },
    });
    expect(task!.files.map((file) => file.path)).toEqual([
      'web/tasks/deploy.sh',
      'web/lib/a.rb',
      'other/files/sub/deep/y',
      'other/files/sub/x',
    ]);
    expect(task!.files[1]).toEqual({
      path: 'web/lib/a.rb',
      source: join(root, 'shared/web/lib/a.rb'),
      sha256: createHash('sha256').update('a').digest('hex'),
      size: 1,
    });
  });

  it('sees a file that has changed', async () => {
    await write({ 'shared/web/tasks/init.sh': 'one' });
    const before = (await find('web'))!.files[0]!;
    await write({ 'shared/web/tasks/init.sh': 'three' });
    const after = (await find('web'))!.files[0]!;
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.size).toBe(5);
  });

  it("prefers an environment's own modules, and the first that has a module", async () => {
    await write({ 'environments/dev/modules/echo/tasks/init.py': '', 'shared/echo/tasks/init.rb': '' });
    expect((await find('echo', 'dev'))!.executable).toBe('echo/tasks/init.py');
    expect((await find('echo'))!.executable).toBe('echo/tasks/init.rb');
    expect(await catalogue.environments()).toEqual(['dev', 'production']);
    const common = await catalogue.modulePath('production');
    expect(common[0]).toBe(join(root, 'shared'));
    expect(await catalogue.modulePath('dev')).toEqual([join(root, 'environments/dev/modules'), ...common]);
  });

  it('has no environment where there is no folder, or one whose name is none', async () => {
    await write({ 'environments/Dev/modules/x': '', 'environments/file': '' });
    expect(await catalogue.environments()).toEqual(['production']);
  });

  it.each(['staging', '../shared', '', '.', 'dev\n', 'Dev'])('has no environment %j', async (environment) => {
    await expect(catalogue.modulePath(environment)).rejects.toThrow(UnknownEnvironment);
    await expect(find('echo', environment)).rejects.toThrow(UnknownEnvironment);
    await expect(catalogue.list(environment)).rejects.toThrow(UnknownEnvironment);
  });

  it('finds nothing under a name that is none, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('../echo', 'echo\0', 'echo::a::b', 'Echo', 'echo::', 'echo\n'),
        ),
        async (name) => {
          expect(await find(name)).toBeNull();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes the first implementation whose requirements an agent has', async () => {
    await write({
      'shared/web/tasks/go.json': JSON.stringify({
        implementations: [
          { name: 'go.ps1', requirements: ['powershell'] },
          { name: 'go_linux.sh', requirements: ['shell'], input_method: 'stdin', files: ['web/files/a'] },
        ],
      }),
      'shared/web/tasks/go.ps1': '',
      'shared/web/tasks/go_linux.sh': '',
      'shared/web/files/a': '',
    });
    const task = await find('web::go');
    expect(task).toMatchObject({ executable: 'web/tasks/go_linux.sh', inputMethod: 'stdin' });
    expect(task!.files).toHaveLength(2);
  });

  it('takes an empty metadata file as none, and leaves private tasks and other files out of the list', async () => {
    await write({
      'shared/web/tasks/init.sh': '',
      'shared/web/tasks/init.json': '',
      'shared/web/tasks/init.md': '',
      'shared/web/tasks/hidden.sh': '',
      'shared/web/tasks/hidden.json': '{"private": true}',
      'shared/web/tasks/README.txt': '',
    });
    expect(await catalogue.list('production')).toEqual(['echo', 'facts', 'fail', 'web']);
    expect((await find('web'))!.metadata.parameters).toBeNull();
    expect((await find('web::hidden'))!.metadata.private).toBe(true);
  });

  it('takes no folder and no FIFO for an executable', async () => {
    await write({ 'shared/web/tasks/init.sh': '', 'shared/web/tasks/init.py/x': '', 'shared/web/tasks/go.sh/x': '' });
    makeFifo('shared/web/tasks/wait.sh');
    expect(await find('web')).toMatchObject({ executable: 'web/tasks/init.sh' });
    expect(await find('web::go')).toBeNull();
    expect(await find('web::wait')).toBeNull();
    expect(await catalogue.list('production')).toEqual(['echo', 'facts', 'fail', 'web']);
  });

  it('refuses a FIFO as metadata or as a file, without waiting for anybody to write to it', async () => {
    await write({
      'shared/web/tasks/init.sh': '',
      'shared/web/tasks/go.sh': '',
      'shared/web/tasks/go.json': '{"files":["web/files/pipe"]}',
      'shared/web/tasks/pick.json': '{"implementations":[{"name":"pipe"}]}',
      'shared/web/files/a': '',
    });
    for (const path of ['tasks/init.json', 'files/pipe', 'tasks/pipe']) makeFifo(`shared/web/${path}`);
    await expect(find('web')).rejects.toThrow('task web cannot be used: init.json is no regular file, expected one');
    await expect(find('web::go')).rejects.toThrow("files has 'web/files/pipe', expected a file that exists");
    await expect(find('web::pick')).rejects.toThrow('web/tasks/pipe is missing or no regular file, expected one');
  });

  it('reads metadata of a mebibyte, and no more', async () => {
    const json = '{}'.padEnd(1 << 20);
    await write({ 'shared/web/tasks/init.sh': '', 'shared/web/tasks/init.json': json });
    expect((await find('web'))!.metadata.json).toEqual({});
    await write({ 'shared/web/tasks/init.json': `${json} ` });
    await expect(find('web')).rejects.toThrow(InvalidTask);
    await expect(find('web')).rejects.toThrow('init.json has 1048577 bytes, expected at most 1048576');
  });

  it.each<[string, Record<string, string>, string]>([
    ['is a folder', { 'init.sh': '', 'init.json/x': '' }, 'init.json is no regular file'],
    [
      'names an executable that is missing',
      { 'init.json': '{"implementations":[{"name":"a.sh"}]}' },
      'web/tasks/a.sh is missing',
    ],
    ['is not JSON', { 'init.sh': '', 'init.json': '{' }, 'metadata is not JSON'],
    ['is no object', { 'init.sh': '', 'init.json': '[]' }, 'metadata is []'],
    [
      'has an unknown type',
      { 'init.sh': '', 'init.json': '{"parameters":{"a":{"type":"Strng"}}}' },
      'there is no type Strng',
    ],
    ['has a wrong name', { 'init.sh': '', 'init.json': '{"parameters":{"A":{}}}' }, 'name of a parameter is "A"'],
    [
      'has an unknown input method',
      { 'init.sh': '', 'init.json': '{"input_method":"mail"}' },
      'input_method is "mail"',
    ],
    [
      'names a file above its module',
      { 'init.sh': '', 'init.json': '{"files":["web/files/../../x"]}' },
      "files has 'web/files/../../x'",
    ],
    ['names a missing file', { 'init.sh': '', 'init.json': '{"files":["web/files/x"]}' }, 'a file that exists'],
    ['has another version', { 'init.sh': '', 'init.json': '{"puppet_task_version":2}' }, 'puppet_task_version is 2'],
    [
      'is for other nodes',
      { 'init.json': '{"implementations":[{"name":"a.ps1","requirements":["powershell"]}]}' },
      'no implementation',
    ],
    ['stands alone', { 'init.json': '{}' }, 'executables are none'],
    ['has two executables', { 'init.sh': '', 'init.py': '' }, 'executables are init.py, init.sh'],
  ])('says what is wrong with a task whose metadata %s', async (_, files, reason) => {
    await write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`shared/web/tasks/${name}`, text])));
    await expect(find('web')).rejects.toThrow(InvalidTask);
    await expect(find('web')).rejects.toThrow(reason);
  });
});
