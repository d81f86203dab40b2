import type { Target } from '#domain';
import { sealedName } from '#domain';
import type { Sealer } from '#sealing';
import type { TargetBody } from './target-body.js';

const SECRETS = ['password', 'private-key-content', 'sudo-password'] as const;

/** A target as events have it: its secrets sealed, and without what was not asked for. */
export function targetSpec(body: TargetBody, index: number, commandId: string, sealer: Pick<Sealer, 'seal'>): Target {
  const secrets = SECRETS.flatMap((key) => {
    const secret = body[key];
    return secret === undefined ? [] : [[key, sealer.seal(commandId, sealedName(index, key), secret)] as const];
  });
  const { hostnames, transport, user, port, tty, tmpdir } = body;
  const { 'run-as': runAs, 'run-as-command': runAsCommand, 'connect-timeout': connectTimeoutS } = body;
  return {
    hostnames,
    transport,
    user,
    sealed: { commandId, values: Object.fromEntries(secrets) },
    ...(port !== undefined && { port }),
    ...(runAs !== undefined && { runAs }),
    ...(runAsCommand !== undefined && { runAsCommand }),
    ...(connectTimeoutS !== undefined && { connectTimeoutS }),
    ...(tty === true && { tty }),
    ...(tmpdir !== undefined && { tmpdir }),
  };
}
