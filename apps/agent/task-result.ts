import { open } from 'node:fs/promises';
import { join } from 'node:path';

import type { JsonObject } from '#domain';

import { NotRunnable } from './not-runnable.js';
import { redact, redactor } from './redact.js';
import type { Redactor } from './redact.js';
import type { Attempt, Exit, KeptTask } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { markedOutput, placeOf, withoutEndMark } from './ssh/ssh-end.js';
import { secretTexts } from './task-input.js';
import { interpretOutput, STDOUT_BYTES } from './task-output.js';
import type { TaskResult } from './task-output.js';
import { WRAPPER_NAME } from './task-process.js';

const STDERR_BYTES = 64 * 1024;

/**
 * What came of a task, by its output and exit status, without its secrets.
 * @param ended why Daybook ended it, and how that is reported; null: it ended by itself
 * @throws NotRunnable when its executable could not be run, its host not be reached or its user not be become
 */
export async function taskResult(
  task: KeptTask,
  attempt: Attempt,
  exit: Exit | null,
  ended: JsonObject | null,
  secrets: Secrets,
): Promise<TaskResult> {
  const redacting = redactor([...secretTexts(secrets.params), ...secretTexts({ ...secrets.target })]);
  const output = { stdout: join(attempt.folder, 'stdout'), stderr: join(attempt.folder, 'stderr') };
  const place = placeOf(task);
  const starts =
    place === null
      ? { stdout: 0, stderr: 0 }
      : await markedOutput(place, output, ended === null ? exit : null, (text) => redacting.hide(text));
  const own = place === null ? (text: string) => text : withoutEndMark;
  const stdout = await readBeginning(output.stdout, starts.stdout, STDOUT_BYTES, redacting);
  const stderr = own((await readBeginning(output.stderr, starts.stderr, STDERR_BYTES, redacting)).text);
  if ([126, 127].includes(exit?.code ?? 0) && stdout.text === '' && stderr.startsWith(`${WRAPPER_NAME}: `)) {
    throw new NotRunnable(`The executable ${task.executable} cannot be run: ${redacting.hide(stderr.trim())}`);
  }
  const { kind, result } = interpretOutput({
    stdout: own(stdout.text),
    isCut: stdout.isCut,
    stderr,
    exitCode: exit?.code ?? null,
    ended,
  });
  return { kind, result: redact(result, redacting) };
}

interface ReadText {
  readonly text: string;
  readonly isCut: boolean;
}

/**
 * Bytes of a file from an offset on, as text that ends with a whole character; a file that is not there is empty. Where it is
 * cut, secrets are hidden before, as half of one would not be found any more.
 */
async function readBeginning(path: string, start: number, limit: number, redacting: Redactor): Promise<ReadText> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { text: '', isCut: false };
  await using open_ = file;
  const size = Math.max(0, (await open_.stat()).size - start);
  const wanted = Math.min(size, limit + redacting.longestBytes);
  const { buffer, bytesRead } = await open_.read(Buffer.alloc(wanted), 0, wanted, start);
  const bytes = buffer.subarray(0, bytesRead);
  if (size <= limit) return { text: decode(bytes, false), isCut: false };
  const { length } = decode(bytes.subarray(0, limit));
  return { text: redacting.hideBeginning(decode(bytes), length), isCut: true };
}

/** With `goesOn`, a character that is not whole at the end is left out. */
const decode = (bytes: Buffer, goesOn = true) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: goesOn });
