import type { DeploySpec } from '#domain';

/** The flags of a deploy as answers show them: the ones that documents list always, others where they were given. */
export function deployOptions({ noNoop, enforceEnvironment, flags }: DeploySpec) {
  const { debug = false, trace = false, evaltrace = false, ...others } = flags;
  return { no_noop: noNoop, debug, trace, evaltrace, enforce_environment: enforceEnvironment, ...others };
}
