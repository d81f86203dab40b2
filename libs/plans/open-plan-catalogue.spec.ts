import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvalidPlan } from '#plan-language';
import { bundledModules, openCatalogue, UnknownEnvironment } from '#tasks';
import { openPlanCatalogue } from './open-plan-catalogue.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-catalogue-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = 'steps: []\n'): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const open = (...modulePath: readonly string[]) =>
  openPlanCatalogue(
    openCatalogue({ modulePath: modulePath.map((path) => join(folder, path)), environmentPath: join(folder, 'env') }),
  );
const find = (name: string) => open('modules').find('production', name);

describe('the catalogue of plans', () => {
  it('finds plans by their names, also below folders and the one that is named as its module', async () => {
    write('modules/site/plans/init.yaml');
    write('modules/site/plans/deploy.yaml');
    write('modules/site/plans/db/move.yaml');
    for (const name of ['site', 'site::deploy', 'site::db::move']) expect((await find(name))?.plan.name).toBe(name);
    expect(await open('modules').list('production')).toEqual(['site', 'site::db::move', 'site::deploy']);
  });

  it.each(['site::nosuch', 'nosuch', 'Site', '../site', 'site::', 'site/init', ''])('has no %j', async (name) => {
    write('modules/site/plans/init.yaml');
    expect(await find(name)).toBeNull();
  });

  it('reads a plan anew when it has changed', async () => {
    write('modules/site/plans/init.yaml', 'description: one\nsteps: []\n');
    const catalogue = open('modules');
    expect((await catalogue.find('production', 'site'))!.plan.description).toBe('one');
    write('modules/site/plans/init.yaml', 'description: two\nsteps: []\n');
    expect((await catalogue.find('production', 'site'))!.plan.description).toBe('two');
  });

  it('takes a module from the first place that has it, and from the environment before all', async () => {
    write('first/site/plans/init.yaml', 'description: first\nsteps: []\n');
    write('second/site/plans/init.yaml', 'description: second\nsteps: []\n');
    write('env/test/modules/site/plans/init.yaml', 'description: test\nsteps: []\n');
    const catalogue = open('first', 'second');
    expect((await catalogue.find('production', 'site'))!.plan.description).toBe('first');
    expect((await catalogue.find('test', 'site'))!.plan.description).toBe('test');
    await expect(catalogue.find('nosuch', 'site')).rejects.toThrow(UnknownEnvironment);
  });

  it('gives a plan with the text of all plans that it may run', async () => {
    write('modules/site/plans/init.yaml', 'steps:\n  - plan: site::a\n  - plan: site::b\n');
    write('modules/site/plans/a.yaml', 'steps:\n  - plan: site::b\n');
    write('modules/site/plans/b.yaml');
    const { sources } = (await find('site'))!;
    expect(sources[0]!.name).toBe('site');
    expect(sources.map(({ name }) => name).toSorted()).toEqual(['site', 'site::a', 'site::b']);
  });

  it('says what is wrong with a plan, or one that it runs, and lists it all the same', async () => {
    write('modules/site/plans/init.yaml', 'steps:\n  - plan: site::nosuch\n');
    write('modules/site/plans/bad.yaml', 'steps: 7\n');
    await expect(find('site')).rejects.toThrow(InvalidPlan);
    await expect(find('site::bad')).rejects.toThrow(/^site\/plans\/bad\.yaml:1:8: /);
    expect(await open('modules').list('production')).toEqual(['site', 'site::bad']);
  });

  it('leaves private plans out of its list', async () => {
    write('modules/site/plans/init.yaml', 'private: true\nsteps: []\n');
    expect(await open('modules').list('production')).toEqual([]);
    expect(await find('site')).not.toBeNull();
  });

  it('can read all plans that come with Daybook', async () => {
    const catalogue = openPlanCatalogue(openCatalogue({ modulePath: [bundledModules], environmentPath: null }));
    const names = await catalogue.list('production');
    expect(names).toEqual(['canary::random', 'facts::info', 'tutorial', 'tutorial::greet']);
    for (const name of names) expect((await catalogue.find('production', name))!.plan.description).not.toBeNull();
  });
});
