import { open } from 'node:fs/promises';

import { NotRunnable } from '../not-runnable.js';
import type { Exit, KeptTask } from '../run-folder.js';
import { BEGAN, ENDED_WITH_255 } from './marks.js';

/** What a login may print before the task begins, in bytes; a task that begins later has not begun. */
const LOGIN_BYTES = 64 * 1024;

/** What ssh itself says with its exit status, and what becomes another user. */
const SSH_FAILED = 255;

/** Behind the end of every file. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** Another place than the agent's own where a task ran, from which marks come around its output. */
interface Place {
  readonly tty: boolean;
  /** What to say where it never began. */
  readonly neverBegan: (why: string) => string;
  /** What to say where its end never came. */
  readonly lost: (why: string) => string;
}

/** Null: the task runs in the place of the agent itself, and all output is its own. */
export function placeOf({ target, runAs }: Pick<KeptTask, 'target' | 'runAs'>): Place | null {
  if (target !== null) {
    const lost = (why: string) => `The connection to ${target.host} was lost during the run: ${why}`;
    return { tty: target.tty, neverBegan: (why) => why, lost };
  }
  if (runAs === null) return null;
  const say = (what: string) => (why: string) => `The task ${what} as ${runAs}: ${why}`;
  return { tty: false, neverBegan: say('cannot run'), lost: say('was lost that ran') };
}

/** Of the two outputs of an attempt. */
interface Output<T> {
  readonly stdout: T;
  readonly stderr: T;
}

/**
 * Finds where the output of a task begins in files to which others write too; where the task never began, that is
 * nowhere.
 * @param exit null: the run was ended
 * @param hide keeps secrets from what is thrown
 * @throws NotRunnable when the task never began or the connection was lost, with the last line that tells why
 */
export async function markedOutput(
  { tty, neverBegan, lost }: Place,
  { stdout, stderr }: Output<string>,
  exit: Exit | null,
  hide: (text: string) => string,
): Promise<Output<number>> {
  const from = await beginning(stdout);
  const said = async () => hide((await lastLine(stderr)) ?? (await lastLine(stdout)) ?? 'nobody says why');
  if (exit !== null && from === null) throw new NotRunnable(neverBegan(await said()));
  if (exit?.code === SSH_FAILED && !(await end(tty ? stdout : stderr)).endsWith(ENDED_WITH_255)) {
    throw new NotRunnable(lost(await said()));
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
