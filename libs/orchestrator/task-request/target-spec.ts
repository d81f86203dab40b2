import type { Target } from '#domain';
import { sealedName } from '#domain';
import type { TargetBody } from './target-body.js';

const SECRETS = ['password', 'private-key-content', 'sudo-password'] as const;

/** The secrets of targets by the names under which they are sealed. */
export function targetSecrets(targets: readonly TargetBody[]): Readonly<Record<string, string>> {
  const entries = targets.flatMap((target, index) =>
    SECRETS.flatMap((key) => (target[key] === undefined ? [] : [[sealedName(index, key), target[key]] as const])),
  );
  return Object.fromEntries(entries);
}

/** A target as events have it: without its secrets, and without what was not asked for. */
export function targetSpec(body: TargetBody): Target {
  const { hostnames, transport, user, port, tty, tmpdir } = body;
  const { 'run-as': runAs, 'run-as-command': runAsCommand, 'connect-timeout': connectTimeoutS } = body;
  return {
    hostnames,
    transport,
    user,
    ...(port !== undefined && { port }),
    ...(runAs !== undefined && { runAs }),
    ...(runAsCommand !== undefined && { runAsCommand }),
    ...(connectTimeoutS !== undefined && { connectTimeoutS }),
    ...(tty === true && { tty }),
    ...(tmpdir !== undefined && { tmpdir }),
  };
}
