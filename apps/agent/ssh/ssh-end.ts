import { open } from 'node:fs/promises';

import type { SshTarget } from '#agent-protocol';

import { NotRunnable } from '../not-runnable.js';
import type { Exit } from '../run-folder.js';
import { BEGAN, ENDED_WITH_255 } from './marks.js';

/** What a login may print before the task begins, in bytes; a task that begins later has not begun. */
const LOGIN_BYTES = 64 * 1024;

/** What ssh itself says with its exit status. */
const SSH_FAILED = 255;

/** Behind the end of every file. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** Of the two outputs of an attempt. */
interface Output<T> {
  readonly stdout: T;
  readonly stderr: T;
}

/**
 * Finds where the output of a task begins in the files that ssh wrote; where the task never began, that is nowhere.
 * @param exit null: the run was ended
 * @param hide keeps secrets from what is thrown
 * @throws NotRunnable when the task never began or the connection was lost, with the last line that tells why
 */
export async function outputOverSsh(
  { host, tty }: SshTarget,
  { stdout, stderr }: Output<string>,
  exit: Exit | null,
  hide: (text: string) => string,
): Promise<Output<number>> {
  const from = await beginning(stdout);
  const said = async () => hide((await lastLine(stderr)) ?? (await lastLine(stdout)) ?? 'nobody says why');
  if (exit !== null && from === null) throw new NotRunnable(await said());
  if (exit?.code === SSH_FAILED && !(await end(tty ? stdout : stderr)).endsWith(ENDED_WITH_255)) {
    throw new NotRunnable(`The connection to ${host} was lost during the run: ${await said()}`);
  }
  return { stdout: from ?? NOWHERE, stderr: (await beginning(stderr)) ?? (tty ? 0 : NOWHERE) };
}

/** The text of an output without the mark that only tells of its end. */
export const withoutEndMark = (text: string) =>
  text.endsWith(ENDED_WITH_255) ? text.slice(0, -ENDED_WITH_255.length) : text;

async function beginning(path: string): Promise<number | null> {
  const at = (await part(path, () => 0, LOGIN_BYTES)).indexOf(BEGAN);
  return at === -1 ? null : at + BEGAN.length;
}

const end = async (path: string) => (await part(path, (size) => size - LOGIN_BYTES, LOGIN_BYTES)).toString();

async function lastLine(path: string): Promise<string | null> {
  const lines = (await end(path)).split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && line !== BEGAN.trim()) ?? null;
}

async function part(path: string, from: (size: number) => number, length: number): Promise<Buffer> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return Buffer.alloc(0);
  await using open_ = file;
  const { size } = await open_.stat();
  const { buffer, bytesRead } = await open_.read(Buffer.alloc(length), 0, length, Math.max(0, from(size)));
  return buffer.subarray(0, bytesRead);
}
