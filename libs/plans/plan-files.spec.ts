import { mkdirSync, mkdtempSync, symlinkSync, rmSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepDownload } from './downloads.js';
import { NoSuchFile, planFile, readPlanFile } from './plan-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(path: string, text = path): string {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, text, { mode: 0o640 });
  return whole;
}

describe('a file that a plan names', () => {
  it('is found in the first module that has it, among files before scripts', async () => {
    const path = [join(folder, 'first'), join(folder, 'second')];
    const hello = file('second/site/files/hello.sh');
    const other = file('second/site/scripts/other.sh');
    expect(await planFile('site/hello.sh', path)).toBe(hello);
    expect(await planFile('site/files/hello.sh', path)).toBe(hello);
    expect(await planFile('site/other.sh', path)).toBe(other);
    const nearer = file('first/site/files/hello.sh');
    expect(await planFile('site/hello.sh', path)).toBe(nearer);
    expect(await planFile('/etc/hosts', path)).toBe('/etc/hosts');
  });

  it.each(['site', 'site/nosuch', '../site/files/hello.sh', 'site/../../outside', ''])('is not %j', async (name) => {
    file('outside');
    file('modules/site/files/hello.sh');
    await expect(planFile(name, [join(folder, 'modules')])).rejects.toThrow(NoSuchFile);
  });

  it('is read with its permissions, a folder as an archive', async () => {
    const read = await readPlanFile(file('a/one', 'text'));
    expect(read).toEqual({ base64: Buffer.from('text').toString('base64'), mode: 0o640, isFolder: false });
    expect(await readPlanFile(join(folder, 'a'))).toMatchObject({ isFolder: true });
    await expect(readPlanFile(join(folder, 'nosuch'))).rejects.toThrow(NoSuchFile);
    await expect(readPlanFile('/dev/null')).rejects.toThrow("file is '/dev/null', expected one that can be read");
    await expect(readPlanFile(file('large', 'x'.repeat(8 * 1024 * 1024 + 1)))).rejects.toThrow('more than 8388608');
  });
});

describe('a download', () => {
  const keep = (value: Record<string, string | number | boolean>, source = '/etc/motd', target = 'web1') =>
    keepDownload(
      { target, status: 'success', value },
      { folder: join(folder, 'downloads'), source, destination: 'logs' },
    );

  it('of a file is kept under the name of its node', async () => {
    const content = Buffer.from('hello').toString('base64');
    const { value } = await keep({ content, directory: false, mode: 0o644 });
    const path = join(folder, 'downloads/logs/web1/motd');
    expect(value).toEqual({ path, _output: `Downloaded 'web1:/etc/motd' to '${path}'` });
    expect(readFileSync(path, 'utf8')).toBe('hello');
  });

  it('of a folder has what was in it', async () => {
    file('a/deep/er', 'text');
    const { base64: content } = await readPlanFile(join(folder, 'a'));
    const { value } = await keep({ content, directory: true, mode: 0o755 }, '/var/a');
    expect(readFileSync(join(value['path'] as string, 'deep/er'), 'utf8')).toBe('text');
  });

  it('stays in its folder, whatever names a node or a plan has', async () => {
    const content = Buffer.from('hello').toString('base64');
    const { value } = await keep({ content }, '/etc/..', '../../web1');
    expect(value['path']).toMatch(join(folder, 'downloads'));
    expect(existsSync(join(folder, 'web1'))).toBe(false);
  });

  it('takes the place of an earlier one, links and all', async () => {
    const outside = file('outside/secret', 'secret');
    file('a/plain', 'text');
    symlinkSync(join(folder, 'outside'), join(folder, 'a/link'));
    const { base64: content } = await readPlanFile(join(folder, 'a'));
    await keep({ content, directory: true, mode: 0o755 }, '/var/a');
    mkdirSync(join(folder, 'b/link'), { recursive: true });
    writeFileSync(join(folder, 'b/link/secret'), 'changed');
    const { base64: second } = await readPlanFile(join(folder, 'b'));
    await keep({ content: second, directory: true, mode: 0o755 }, '/var/a');
    expect(readFileSync(outside, 'utf8')).toBe('secret');
  });

  it.each([
    ['a name that is too long', { content: '' }, `/etc/${'a'.repeat(300)}`],
    ['an archive that is none', { content: 'AAAA', directory: true }, '/etc/motd'],
  ])('fails for its node with %s', async (_, value, source) => {
    const { status, value: shown } = await keep(value, source);
    expect([status, shown]).toMatchObject(['failure', { _error: { kind: 'daybook/download-error' } }]);
  });

  it('that failed is as it was', async () => {
    const failed = { target: 'a', status: 'failure', value: { _error: { msg: 'gone' } } } as const;
    expect(await keepDownload(failed, { folder, source: '/x', destination: 'y' })).toBe(failed);
  });
});
