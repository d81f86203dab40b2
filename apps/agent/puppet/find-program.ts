import { basename, dirname } from 'node:path';

import { onPath } from '#platform';

/** Where the packages of Puppet put their programs, which need not be on the PATH. */
const PUPPET_FOLDER = '/opt/puppetlabs/bin';

/** A program of Puppet, by name or path; null: it is not there. */
export function findProgram(program: string, searchPath: string): string | null {
  const folders = program.includes('/') ? [dirname(program)] : [searchPath, PUPPET_FOLDER];
  return folders.flatMap((folder) => onPath(basename(program), folder))[0] ?? null;
}

/** Where `findProgram` has looked, for people. */
export const whereLookedFor = (program: string, searchPath: string) =>
  program.includes('/') ? `'${program}'` : `'${program}' in ${PUPPET_FOLDER} and on the PATH (${searchPath})`;
