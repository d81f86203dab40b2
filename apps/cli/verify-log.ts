import { access, constants } from 'node:fs/promises';
import { checkLines, LedgerBroken, LedgerCheck, readLedgerFile } from '#ledger';
import type { Api } from './api.js';
import { expectedOf } from './expected.js';
import type { VerifyOptions } from './expected.js';
import { progressOn, terminal } from './progress.js';

/** Exit statuses of `audit verify`, for scripts. */
const BROKEN = 1;
const WRONG_USE = 2;

/** What a verification has come to. */
export interface Outcome {
  /** Of the process. */
  readonly status: number;
  /** For people. */
  readonly line: string;
  readonly outcome: object;
}

/** Holds a log against its chain: the one in a file, or else the server's. */
export async function verify(api: Api, file: string | undefined, options: VerifyOptions): Promise<Outcome> {
  const progress = progressOn(terminal);
  let share: number | null = null;
  try {
    const check = new LedgerCheck(expectedOf(options));
    const lines =
      file === undefined ? await liveLines(api, check) : await fileLines(file, check, (now) => (share = now));
    for await (const _line of lines) {
      const { last = 0 } = check.header ?? {};
      progress.show(file === undefined && last > 0 ? check.held.number / last : share, check.held.number);
    }
    const { stream } = check.header!;
    const { commits, events, values, number, hash } = check.held;
    const { vouchedFor } = check;
    const signers = Object.entries(vouchedFor.keys).map(([key, count]) => `${count} by ${key}`);
    const line =
      `all holds: log ${stream}, ${events} events in ${commits} commits, ${values} large values; event ${number} has the hash ${hash}; ` +
      (signers.length === 0
        ? 'no checkpoint is signed yet'
        : `checkpoints vouch for it up to event ${vouchedFor.number}: ${signers.join(', ')}`);
    return { status: 0, line, outcome: { ok: true, stream, ...check.held, vouchedFor } };
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof LedgerBroken)) {
      return { status: WRONG_USE, line: message, outcome: { ok: null, problem: message } };
    }
    const outcome = { ok: false, ...error.place, problem: error.problem };
    return { status: BROKEN, line: `broken at ${message}`, outcome };
  } finally {
    progress.clear();
  }
}

async function liveLines(api: Api, check: LedgerCheck) {
  return checkLines(await api.stream('/log/export'), check);
}

async function fileLines(path: string, check: LedgerCheck, onShare: (share: number) => void) {
  await access(path, constants.R_OK);
  return readLedgerFile(path, check, ({ bytes, size }) => onShare(bytes / size));
}
