import { INLINE_BYTES } from '#agent-protocol';
import type { EndedReport } from '#agent-protocol';
import type { JsonObject } from '#domain';

import { cutResult, encodedSize } from './cut.js';
import { digest } from './dispatch.js';
import type { Dispatch } from './dispatch.js';
import { STOPPED } from './not-runnable.js';
import { puppetResult } from './puppet/puppet-result.js';
import type { Attempt, Ending, Exit, KeptMessage } from './run-folder.js';
import type { Secrets } from './secrets.js';
import { timeoutError } from './task-output.js';
import { taskResult } from './task-result.js';

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
 * What is reported of a run that began; a large result is stored first.
 * @throws NotRunnable when its executable could not be run, or Puppet did not run
 */
export async function endedReport({
  message,
  attempt,
  exit,
  ending,
  secrets,
  dispatch,
}: Ended): Promise<Omit<EndedReport, 'reportId' | 'runId'>> {
  const ended = ending === 'stopped' ? STOPPED : ending === 'timeout' ? timeoutError(message.timeoutS ?? 0) : null;
  const { kind, result } =
    message.kind === 'task'
      ? await taskResult(message, attempt, exit, ended, secrets)
      : await puppetResult(message, attempt, exit, ended);
  const shown = storable(result);
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
