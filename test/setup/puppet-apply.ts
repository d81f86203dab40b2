import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDERS = ['vardir', 'ssldir', 'rundir', 'logdir', 'publicdir', 'codedir'];

/**
 * A command that applies a manifest, for `DAYBOOK_PUPPET_COMMAND`; Puppet keeps all that is its own below a folder.
 * @param programs where `puppet` is
 */
export async function puppetApply(programs: string, folder: string, manifest: string): Promise<string> {
  const settings = FOLDERS.map((name) => `${name} = ${join(folder, name)}`);
  await mkdir(join(folder, 'codedir'), { recursive: true });
  await writeFile(join(folder, 'puppet.conf'), ['[main]', ...settings].join('\n'));
  await writeFile(join(folder, 'site.pp'), manifest);
  return [join(programs, 'puppet'), 'apply', `--confdir=${folder}`, join(folder, 'site.pp')].join(' ');
}
