import type { TaskRunMessage } from '#agent-protocol';
import { sealedName, targetOf } from '#domain';
import type { TaskSpec } from '#domain';
import type { Sealer } from '#sealing';
import { CannotSend } from './cannot-send.js';

/**
 * How an agent reaches a node that has none of its own.
 * @throws CannotSend when it is to be reached in a way that no agent has
 * @throws CannotOpen when its secrets cannot be opened
 */
export function targetMessage(
  spec: TaskSpec,
  node: string,
  sealer: Pick<Sealer, 'open'>,
): Pick<TaskRunMessage, 'target' | 'targetSecrets'> {
  const target = targetOf(spec, node);
  if (target === null) return { target: null, targetSecrets: null };
  const { transport, user, port, runAs, runAsCommand, connectTimeoutS, tty, tmpdir } = target;
  if (transport !== 'ssh') throw new CannotSend(`the transport of ${node} is ${transport}, which is not supported yet`);
  return {
    target: {
      host: node,
      user,
      port: port ?? null,
      runAs: runAs ?? null,
      runAsCommand: runAsCommand ?? null,
      connectTimeoutS: connectTimeoutS ?? null,
      tty: tty ?? false,
      tmpdir: tmpdir ?? null,
    },
    targetSecrets: openSecrets(spec, spec.targets!.indexOf(target), sealer),
  };
}

const NAMES = { password: 'password', privateKey: 'private-key-content', sudoPassword: 'sudo-password' } as const;

function openSecrets(
  { sealed }: TaskSpec,
  index: number,
  sealer: Pick<Sealer, 'open'>,
): TaskRunMessage['targetSecrets'] {
  const opened = Object.entries(NAMES).flatMap(([name, key]) => {
    const sealedAs = sealedName(index, key);
    const envelope = sealed?.values[sealedAs];
    return envelope === undefined ? [] : [[name, sealer.open(sealed!.commandId, sealedAs, envelope)]];
  });
  return Object.fromEntries(opened) as TaskRunMessage['targetSecrets'];
}
