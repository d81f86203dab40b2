import type { TaskRunMessage } from '#agent-protocol';
import { sealedName, targetOf } from '#domain';
import type { TaskSpec } from '#domain';
import type { Sealer } from '#sealing';
import { CannotSend } from './cannot-send.js';

/** What a user is called on a node: with these names no shell and no program takes one for anything else. */
const USER_NAME = /^[a-z_][a-z0-9_.-]{0,31}\$?$/;

/**
 * How an agent reaches a node that has none of its own, and as whom the task runs: as the one that the task names, or
 * else its target.
 * @throws CannotSend when it is to be reached in a way that no agent has, or the name of the user is none
 * @throws CannotOpen when its secrets cannot be opened
 */
export function targetMessage(
  spec: TaskSpec,
  node: string,
  sealer: Pick<Sealer, 'open'>,
): Pick<TaskRunMessage, 'target' | 'targetSecrets' | 'runAs'> {
  if (spec.runAs !== undefined && !USER_NAME.test(spec.runAs)) {
    throw new CannotSend(
      `run_as is '${spec.runAs}', expected at most 32 of the characters a to z, 0 to 9, '_', '.' and '-', a letter or _ first`,
    );
  }
  const target = targetOf(spec, node);
  if (target === null) return { target: null, targetSecrets: null, runAs: spec.runAs ?? null };
  const { transport, user, port, runAs, runAsCommand, connectTimeoutS, tty, tmpdir } = target;
  if (transport !== 'ssh') throw new CannotSend(`the transport of ${node} is ${transport}, which is not supported yet`);
  return {
    target: {
      host: node,
      user,
      port: port ?? null,
      runAs: spec.runAs ?? runAs ?? null,
      runAsCommand: runAsCommand ?? null,
      connectTimeoutS: connectTimeoutS ?? null,
      tty: tty ?? false,
      tmpdir: tmpdir ?? null,
    },
    targetSecrets: openSecrets(spec, spec.targets!.indexOf(target), sealer),
    runAs: null,
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
