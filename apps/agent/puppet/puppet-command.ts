import { join } from 'node:path';

import { NotRunnable } from '../not-runnable.js';
import type { KeptDeploy } from '../run-folder.js';
import { inheritedEnvironment } from '../task-input.js';
import type { Command } from '../task-process.js';
import { findProgram, whereLookedFor } from './find-program.js';
import { puppetArguments } from './puppet-arguments.js';
import type { ReportFiles } from './puppet-arguments.js';

/** Where an attempt of a deploy leaves what Puppet says of it. */
export const reportFiles = (attemptFolder: string): ReportFiles => ({
  report: join(attemptFolder, 'report.yaml'),
  summary: join(attemptFolder, 'summary.yaml'),
});

/**
 * What runs Puppet for a deploy.
 * @param command the program and its own arguments
 * @param ownEnv variables of the run, beside what it inherits of `env`
 * @throws NotRunnable when it is not there, or cannot take the flags
 */
export function puppetCommand(
  deploy: KeptDeploy,
  attemptFolder: string,
  [program = '', ...own]: readonly string[],
  ownEnv: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Command {
  const searchPath = env['PATH'] ?? '';
  const executable = findProgram(program, searchPath);
  if (executable === null) {
    throw new NotRunnable(`Puppet is not installed on this node: looked for ${whereLookedFor(program, searchPath)}`);
  }
  return {
    executable,
    args: [...own, ...puppetArguments(deploy, reportFiles(attemptFolder))],
    // What Puppet starts, such as services, may stay there.
    cwd: '/',
    env: { ...inheritedEnvironment(env), ...ownEnv },
    stdin: '',
  };
}
