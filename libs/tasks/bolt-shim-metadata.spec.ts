import { bundledModules, checkParams, openCatalogue, withDefaults } from './index.js';

describe('the metadata of the shim', () => {
  const catalogue = openCatalogue({ modulePath: [bundledModules], environmentPath: null });
  const find = async (name: string) => (await catalogue.find('production', `bolt_shim::${name}`))!;

  it.each([
    ['command', { command: 'true' }],
    ['command', { command: 'true', env_vars: { A_1: '' } }],
    ['script', { content: '', arguments: ['a'], name: 'a.sh' }],
    ['script', { content: '' }],
    ['upload', { path: '/a', content: '', mode: 33188 }],
    ['download', { path: '/a' }],
  ])('takes for %s the parameters %j', async (name, params) => {
    expect(checkParams(await find(name), params)).toEqual([]);
  });

  it.each([
    ['command', { command: '' }],
    ['command', { command: 'true', env_vars: { 'A-B': '' } }],
    ['command', { command: 'true', env_vars: { A: 1 } }],
    ['script', { content: '', arguments: 'a' }],
    ['upload', { path: 'a', content: '', mode: 420 }],
    ['upload', { path: '/a', content: '', mode: '0644' }],
    ['download', { path: 'a' }],
  ])('refuses for %s the parameters %j', async (name, params) => {
    expect(checkParams(await find(name), params)).toHaveLength(1);
  });

  it('takes an upload for one of a file', async () => {
    expect(withDefaults(await find('upload'), {})).toEqual({ directory: false });
  });

  it('starts no command and no script again, and shows none of the tasks', async () => {
    const names = ['command', 'script', 'upload', 'download'];
    const tasks = await Promise.all(names.map(find));
    expect(tasks.map(({ metadata }) => metadata.rerun)).toEqual([false, false, true, true]);
    expect((await catalogue.list('production')).filter((name) => name.startsWith('bolt_shim'))).toEqual([]);
  });
});
