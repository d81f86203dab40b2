import type { EventLog, LogPosition } from '#event-log';
import { LOG_START } from '#event-log';
import type { LargeValues } from '#large-values';
import type { LedgerCheck } from './check.js';
import type { LedgerCommit, LedgerLine, LedgerPiece } from './format.js';
import { headOf } from './head-of.js';

/** Where a ledger goes: a log and what stands beside it. */
export interface ImportTarget {
  readonly log: EventLog;
  readonly largeValues: LargeValues;
}

/** The log is not one that this ledger can be put into. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/** Commits and bytes on their way at once: each is written to disk by itself, and waits for that no longer than it must. */
const MOST_COMMITS = 64;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Puts a ledger into an empty log, or goes on where the log is the beginning of exactly this ledger: same ids, numbers,
 * hashes and large values.
 * @param lines of the ledger, each already taken by `check`
 * @param open opens the log with the id that the ledger says
 * @param onProgress told the number of the last event that is on its way
 * @returns where the log ends
 * @throws ImportRefused when the log holds something else
 */
export async function importLedger(
  lines: AsyncIterable<LedgerLine>,
  check: LedgerCheck,
  open: (streamId: string) => Promise<ImportTarget>,
  onProgress: (number: number) => void = () => undefined,
): Promise<LogPosition> {
  let target: ImportTarget | null = null;
  let head = LOG_START;
  let position = LOG_START;
  let pieces: Uint8Array[] = [];
  const window = appendWindow();

  const takePiece = async ({ sha256, at, bytes }: LedgerPiece) => {
    if (at === 0) pieces = [];
    pieces.push(bytes);
    if (check.sizeOf(sha256) === undefined) return;
    // What belongs to commits that are there was stored before them.
    if (position.number >= head.number) await target!.largeValues.put(Buffer.concat(pieces));
    pieces = [];
  };
  const takeCommit = async ({ id, firstNumber, lastNumber: number, payload, hash }: LedgerCommit) => {
    const after = position;
    position = { number, sequence: after.sequence + 1, hash };
    if (number > head.number) {
      if (after.number < head.number) throw otherLog(head);
      await window.add(target!.log, { id, firstNumber, lastNumber: number, payload }, after, position);
    } else if (number === head.number && (hash !== head.hash || position.sequence !== head.sequence)) {
      throw otherLog(head);
    }
  };
  try {
    for await (const line of lines) {
      if (line.kind === 'header') {
        target = await open(line.header.stream);
        head = await headIn(target.log, line.header.stream);
      } else if (line.kind === 'piece') await takePiece(line);
      else if (line.kind === 'commit') await takeCommit(line);
      onProgress(position.number);
    }
  } finally {
    await window.settled();
  }
  window.throwIfFailed();
  if (position.number < head.number) throw otherLog(head);
  return position;
}

const otherLog = ({ number }: LogPosition) =>
  new ImportRefused(`the log holds ${number} events that are not the beginning of this export, expected an empty one`);

async function headIn(log: EventLog, streamId: string): Promise<LogPosition> {
  if (log.streamId === streamId) return headOf(log);
  throw new ImportRefused(`there is log ${log.streamId} already, expected none or ${streamId}; use an empty folder`);
}

/** Appends that are on their way, each after the one before as if that had arrived. */
function appendWindow() {
  const pending: { readonly bytes: number; readonly stored: Promise<void> }[] = [];
  let bytes = 0;
  let failure: Error | null = null;

  const shift = async () => {
    const { bytes: size, stored } = pending.shift()!;
    await stored;
    bytes -= size;
  };
  const throwIfFailed = () => {
    if (failure) throw failure;
  };
  return {
    throwIfFailed,
    async add(log: EventLog, commit: Parameters<EventLog['append']>[0], after: LogPosition, expected: LogPosition) {
      const most = log.replicas === 1 ? MOST_COMMITS : 1;
      while (pending.length >= most || (bytes > 0 && bytes + commit.payload.length > MOST_BYTES)) await shift();
      throwIfFailed();
      const stored = log.append(commit, after).then(
        (verdict) => {
          if (verdict.kind === 'stored' && verdict.position.sequence === expected.sequence) return;
          failure ??= new ImportRefused(`another program writes to the log, expected none while it is imported`);
        },
        (error: Error) => void (failure ??= error),
      );
      pending.push({ bytes: commit.payload.length, stored });
      bytes += commit.payload.length;
    },
    async settled() {
      while (pending.length > 0) await shift();
    },
  };
}
