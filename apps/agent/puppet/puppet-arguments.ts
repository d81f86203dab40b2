import type { DeployRunMessage } from '#agent-protocol';
import type { DeployFlags } from '#domain';

import { NotRunnable } from '../not-runnable.js';

/** Where a run of Puppet leaves its report and its summary. */
export interface ReportFiles {
  readonly report: string;
  readonly summary: string;
}

/** What the value of each flag is; all but `debug` are settings of Puppet. */
const FLAGS: Readonly<Record<keyof DeployFlags, 'boolean' | 'number' | 'string'>> = {
  debug: 'boolean',
  trace: 'boolean',
  evaltrace: 'boolean',
  use_cached_catalog: 'boolean',
  usecacheonfailure: 'boolean',
  filetimeout: 'number',
  http_connect_timeout: 'number',
  http_keepalive_timeout: 'number',
  http_read_timeout: 'number',
  ordering: 'string',
  skip_tags: 'string',
  tags: 'string',
};

/** Runs once in the foreground, tells on its standard output what it does, and by its exit status what came of it. */
const ALWAYS = ['--onetime', '--no-daemonize', '--no-splay', '--detailed-exitcodes', '--verbose', '--color=false'];

/**
 * What `puppet agent`, or another program of Puppet, is given for a deploy. Each value stands in one argument with its
 * name, so that no value is taken for another argument.
 * @throws NotRunnable when a flag is not known here or its value is not what it should be
 * @see https://www.puppet.com/docs/puppet/8/configuration.html
 */
export function puppetArguments(
  deploy: Pick<DeployRunMessage, 'environment' | 'enforceEnvironment' | 'noop' | 'noNoop' | 'flags'>,
  { report, summary }: ReportFiles,
): string[] {
  const isEnforced = deploy.enforceEnvironment && deploy.environment !== '';
  return [
    ...ALWAYS,
    '--report',
    `--lastrunreport=${report}`,
    `--lastrunfile=${summary}`,
    ...(isEnforced ? [setting('environment', deploy.environment)] : []),
    ...(deploy.noop ? ['--noop'] : []),
    ...(deploy.noNoop ? ['--no-noop'] : []),
    ...Object.entries(deploy.flags).flatMap(([name, value]) => flag(name, value)),
  ];
}

function flag(name: string, value: unknown): string[] {
  const expected = Object.hasOwn(FLAGS, name) ? FLAGS[name as keyof DeployFlags] : null;
  if (expected === null) throw new NotRunnable(`flag is '${name}', expected one of ${Object.keys(FLAGS).join(', ')}`);
  if (typeof value !== expected) throw new NotRunnable(`flag ${name} is '${String(value)}', expected a ${expected}`);
  if (typeof value !== 'boolean') return [setting(name, String(value))];
  if (value) return [`--${name}`];
  return name === 'debug' ? [] : [`--no-${name}`];
}

/** Puppet looks at each line of an argument: a second one would be taken for an argument of its own. */
function setting(name: string, value: string): string {
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(value)) {
    throw new NotRunnable(`${name} is ${JSON.stringify(value)}, expected a text in one line`);
  }
  return `--${name}=${value}`;
}
