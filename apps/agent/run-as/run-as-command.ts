import { join } from 'node:path';

import { feed } from '../ssh/feed.js';
import { remoteInput } from '../ssh/remote-input.js';
import type { RemoteTask } from '../ssh/remote-input.js';
import type { RemoteCommand } from '../ssh/ssh-command.js';
import { WRAPPER_NAME } from '../task-process.js';

/**
 * Becomes the user `$1`, whose name no shell takes for anything else, with all of their groups, and goes on with a
 * command.
 */
const BECOME = `
user=$1
shift
uid=$(id -u "$user") && gid=$(id -g "$user") || exit 1
eval "HOME=~$user"
export HOME USER="$user" LOGNAME="$user"
exec setpriv --reuid "$uid" --regid "$gid" --init-groups -- "$@"
`;

/** Variables that do not depend on who has them. */
const COMMON = /^(PATH|TZ|LANG|LC_\w+)$/;

/**
 * What runs a task on the agent's own machine as another user: as root by becoming that one, otherwise by sudo, which
 * must not ask for a password. As over ssh the task and its files come on standard input, so that the user needs to
 * read nothing of the agent's.
 * @param user their name
 * @param folder of the attempt
 * @param env what tasks inherit
 */
export function runAsCommand(
  task: Omit<RemoteTask, 'target' | 'secrets'>,
  user: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): RemoteCommand {
  const become = process.getuid!() === 0 ? ['/bin/sh', '-c', BECOME, WRAPPER_NAME] : null;
  const target = { tty: false, runAs: user, runAsCommand: become };
  const { command, stdin } = remoteInput({ ...task, target, secrets: {} });
  const script = feed(`(cd / && exec ${command})`, join(folder, 'input'));
  return {
    command: ['/bin/sh', '-c', script, WRAPPER_NAME, ...task.files.map(({ path }) => `./${path}`)],
    env: Object.fromEntries(Object.entries(env).filter(([name]) => COMMON.test(name))),
    stdin,
  };
}
