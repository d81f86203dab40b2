import type { AttemptFailure, ReportDelivery } from '#domain';

/** What came of a delivery that reached its app. */
export type Outcome = ReportDelivery['outcome'];

export const failed = (kind: AttemptFailure['kind'], msg: string, status: number | null = null): Outcome => ({
  kind: 'failed',
  failure: { kind, msg, status },
});

const TAKEN: Outcome = { kind: 'taken' };
const UNKNOWN: Outcome = { kind: 'unknown' };

/**
 * What an app means by the status of its answer: any 2xx has taken the run, 404 does not know the job, all else failed.
 * @param origin names the app in messages
 */
export function outcomeOfStatus(status: number, origin: string): Outcome {
  if (status >= 200 && status < 300) return TAKEN;
  if (status === 404) return UNKNOWN;
  const isRedirect = status >= 300 && status < 400;
  const expected = isRedirect ? 'an answer of its own: redirects are not followed' : 'a status from 200 to 299';
  return failed('status', `${origin} answered ${status}, expected ${expected}`, status);
}

/**
 * What an app that takes its jobs by subscription means by its reply: nothing or `{"status": "SUCCESS"}` has taken the
 * run, `DROP` does not know the job, `RETRY` and all that is not understood failed. Small letters mean the same.
 */
export function outcomeOfReply(text: string): Outcome {
  if (text === '') return TAKEN;
  const { status, broken } = replyIn(text);
  if (broken !== null) return failed('broken', broken);
  switch (status?.toUpperCase()) {
    case 'SUCCESS':
      return TAKEN;
    case 'DROP':
      return UNKNOWN;
    case 'RETRY':
      return failed('refused', 'the app asked for another attempt (RETRY)');
    default:
      return failed('refused', `the reply is ${shown(text)}, expected a status SUCCESS, RETRY or DROP`);
  }
}

function replyIn(text: string): { readonly status: string | null; readonly broken: string | null } {
  const textIn = (value: unknown) => (typeof value === 'string' ? value : null);
  try {
    const reply = JSON.parse(text) as { readonly status?: unknown; readonly broken?: unknown } | null;
    return { status: textIn(reply?.status), broken: textIn(reply?.broken) };
  } catch {
    return { status: null, broken: null };
  }
}

/** Characters of a reply that a message shows. */
const SHOWN = 100;

const shown = (text: string) => JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
