import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { INLINE_BYTES } from '#agent-protocol';
import type { EndedReport } from '#agent-protocol';
import type { JsonObject } from '#domain';

import { cutResult, encodedSize } from './cut.js';
import { digest } from './dispatch.js';
import type { Dispatch } from './dispatch.js';
import { NotRunnable, STOPPED } from './not-runnable.js';
import { redact, redactor } from './redact.js';
import type { Redactor } from './redact.js';
import type { Attempt, Ending, Exit, KeptMessage } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { outputOverSsh, withoutEndMark } from './ssh/ssh-end.js';
import { secretTexts } from './task-input.js';
import { interpretOutput, STDOUT_BYTES, timeoutError } from './task-output.js';
import { WRAPPER_NAME } from './task-process.js';

const STDERR_BYTES = 64 * 1024;

export interface Ended {
  readonly message: KeptMessage;
  readonly attempt: Attempt;
  /** Null: none was recorded. */
  readonly exit: Exit | null;
  readonly ending: Ending | null;
  readonly secrets: Secrets;
  readonly dispatch: Pick<Dispatch, 'store'>;
}

/**
 * What is reported of a task that ran; a large result is stored first.
 * @throws NotRunnable when its executable could not be run, or its host not be reached
 */
export async function endedReport({
  message,
  attempt,
  exit,
  ending,
  secrets,
  dispatch,
}: Ended): Promise<Omit<EndedReport, 'reportId' | 'runId'>> {
  const redacting = redactor([...secretTexts(secrets.params), ...secretTexts({ ...secrets.target })]);
  const output = { stdout: join(attempt.folder, 'stdout'), stderr: join(attempt.folder, 'stderr') };
  const starts =
    message.target === null
      ? { stdout: 0, stderr: 0 }
      : await outputOverSsh(message.target, output, ending === null ? exit : null, (text) => redacting.hide(text));
  const own = message.target === null ? (text: string) => text : withoutEndMark;
  const stdout = await readBeginning(output.stdout, starts.stdout, STDOUT_BYTES, redacting);
  const stderr = own((await readBeginning(output.stderr, starts.stderr, STDERR_BYTES, redacting)).text);
  if ([126, 127].includes(exit?.code ?? 0) && stdout.text === '' && stderr.startsWith(`${WRAPPER_NAME}: `)) {
    throw new NotRunnable(`The executable ${message.executable} cannot be run: ${redacting.hide(stderr.trim())}`);
  }
  const { kind, result } = interpretOutput({
    stdout: own(stdout.text),
    isCut: stdout.isCut,
    stderr,
    exitCode: exit?.code ?? null,
    ended: ending === 'stopped' ? STOPPED : ending === 'timeout' ? timeoutError(message.timeoutS ?? 0) : null,
  });
  const shown = storable(redact(result, redacting));
  const bytes = Buffer.from(JSON.stringify(shown));
  const large = bytes.length > INLINE_BYTES ? { sha256: digest(bytes), size: bytes.length } : null;
  if (large !== null) await dispatch.store(large.sha256, bytes);
  return {
    kind,
    attempt: attempt.number,
    startedAt: attempt.startedAt,
    finishedAt: exit?.finishedAt ?? new Date().toISOString(),
    result: large === null ? shown : cutResult(shown, INLINE_BYTES),
    large,
  };
}

/** The largest result that is stored. */
const STORED_BYTES = 32 * 1024 * 1024;

function storable(result: JsonObject): JsonObject {
  if (encodedSize(result) <= STORED_BYTES) return result;
  return cutResult({ ...result, _truncated: `the result was cut to ${STORED_BYTES} bytes of JSON` }, STORED_BYTES);
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
