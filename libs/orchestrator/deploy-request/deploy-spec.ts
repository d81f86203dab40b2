import type { DeployFlags, DeploySpec, Scope } from '#domain';
import { ApiError, invalid } from '#http';
import type { TaskCatalogue } from '#tasks';
import type { ScopeBody } from '../scope/scope-body.js';
import { scopeOf } from '../scope/scope-of.js';
import { inEnvironment } from '../task-catalogue/in-environment.js';
import type { DeployInput } from './deploy-input.js';

/**
 * How Puppet is to run.
 * @throws ApiError when the environment is unknown, or flags contradict each other
 */
export async function deploySpecOf(
  input: DeployInput,
  environment: string,
  catalogue: Pick<TaskCatalogue, 'modulePath'>,
): Promise<DeploySpec> {
  const { concurrency = null, enforce_environment = true, noop = false, no_noop = false, ...others } = input;
  const { timeout = null } = others;
  if (noop && no_noop)
    throw invalid('noop and no_noop are both true, expected at most one of them', { key: 'no_noop' });
  await checkDeployEnvironment(environment, enforce_environment, catalogue);
  return {
    command: 'deploy',
    environment,
    enforceEnvironment: enforce_environment,
    noop,
    noNoop: no_noop,
    flags: flagsOf(others),
    timeoutS: timeout,
    concurrency,
  };
}

/** Whether a deploy may be for an environment. @throws ApiError when it may not */
export async function checkDeployEnvironment(
  environment: string,
  isEnforced: boolean,
  catalogue: Pick<TaskCatalogue, 'modulePath'>,
): Promise<void> {
  if (environment !== '') {
    await inEnvironment(environment, catalogue.modulePath(environment));
  } else if (isEnforced) {
    throw invalid("enforce_environment is true, expected false where environment is ''", {
      key: 'enforce_environment',
    });
  }
}

const FLAGS = [
  'debug',
  'trace',
  'evaltrace',
  'use_cached_catalog',
  'usecacheonfailure',
  'filetimeout',
  'http_connect_timeout',
  'http_keepalive_timeout',
  'http_read_timeout',
  'ordering',
  'skip_tags',
  'tags',
] as const satisfies readonly (keyof DeployFlags)[];

/** Those that were given; other keys of a request are none. */
function flagsOf(input: DeployInput): DeployFlags {
  return Object.fromEntries(FLAGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
}

/**
 * Which nodes a deploy is for; without a scope it is for the whole environment.
 * @throws ApiError when there is neither an environment nor a scope, or an application is asked for
 */
export function deployScopeOf(scope: ScopeBody | undefined, environment: string, target = ''): Scope {
  if (scope) return scopeOf(scope);
  if (target !== '') {
    throw new ApiError('unknown-target', `Unknown target ${target}, expected none: applications are gone`, {
      environment,
      target,
    });
  }
  if (environment !== '') return { whole_environment: true };
  throw invalid("scope is missing, expected one where environment is ''", { key: 'scope' });
}
