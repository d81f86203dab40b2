import type { LargeValue } from '#domain';
import { chainHash, LOG_START, LogDamaged, LogWentBackwards } from '#event-log';
import type { EventLog, RawCommit } from '#event-log';
import { ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';
import { digestOfHeader, PARTITION } from './check.js';
import { eventsIn } from './events-in.js';
import { encodeBroken, encodeCommit, encodeEnd, encodeHeader, encodePiece } from './encode.js';
import { LEDGER_FORMAT } from './format.js';
import type { LedgerHeader } from './format.js';
import { headOf } from './head-of.js';
import { mayNameValues, namedValues } from './named-values.js';

/** What of a log is exported, and by whom. */
export interface ExportOptions {
  readonly log: EventLog;
  readonly largeValues: LargeValues;
  /** Name and version of this program. */
  readonly program: string;
  /** Number of the last event that is not wanted; 0: all are. Commits are whole. */
  readonly after: number;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * The lines of a log up to its end as it is now, some at a time, no faster than they are taken. Where the log or a large
 * value is damaged a line says so, and is the last.
 */
export async function* exportLog(options: ExportOptions): AsyncGenerator<Buffer> {
  try {
    yield* linesOf(options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield encodeBroken(error.message);
  }
}

const isDamage = (error: unknown): error is Error =>
  error instanceof LogDamaged || error instanceof LogWentBackwards || error instanceof ValueLost;

async function* linesOf({ log, largeValues, program, after, signal }: ExportOptions): AsyncGenerator<Buffer> {
  const { number: last } = await headOf(log);
  const exportedAt = new Date().toISOString();
  const header = {
    format: LEDGER_FORMAT,
    stream: log.streamId,
    program,
    exportedAt,
    first: after + 1,
    last,
  } satisfies LedgerHeader;
  yield encodeHeader(header);

  let end = { number: 0, hash: LOG_START.hash };
  let [commitCount, eventCount] = [0, 0];
  const sent = new Set<string>();
  for await (const commits of withLastNumbers(log.readStored(await log.before(after + 1), signal))) {
    const lines: Buffer[] = [];
    for (const commit of commits) {
      end = { number: commit.lastNumber, hash: chainHash(commit.previousHash, { partition: PARTITION, ...commit }) };
      if (end.number <= after) continue;
      for (const value of valuesOf(commit)) {
        if (sent.has(value.sha256)) continue;
        sent.add(value.sha256);
        if (lines.length > 0) yield Buffer.concat(lines.splice(0));
        yield* piecesOf(value, largeValues);
      }
      lines.push(encodeCommit({ ...commit, hash: end.hash }));
      commitCount++;
      eventCount += commit.lastNumber - commit.firstNumber + 1;
    }
    if (lines.length > 0) yield Buffer.concat(lines);
  }
  const counts = { commits: commitCount, events: eventCount, values: sent.size };
  yield encodeEnd({ header: digestOfHeader(header), ...counts, ...end });
}

type NumberedCommit = RawCommit & { readonly lastNumber: number };

/** A commit ends before the next one, which spares a look into it; only the last of all is counted. */
async function* withLastNumbers(
  batches: AsyncIterable<readonly RawCommit[]>,
): AsyncGenerator<readonly NumberedCommit[]> {
  let waiting: RawCommit | null = null;
  for await (const commits of batches) {
    const numbered: NumberedCommit[] = [];
    for (const commit of commits) {
      if (waiting) numbered.push({ ...waiting, lastNumber: commit.firstNumber - 1 });
      waiting = commit;
    }
    yield numbered;
  }
  if (waiting) yield [{ ...waiting, lastNumber: waiting.firstNumber + (eventsIn(waiting)?.length ?? 1) - 1 }];
}

const valuesOf = (commit: RawCommit): LargeValue[] =>
  mayNameValues(commit.payload) ? (eventsIn(commit) ?? []).flatMap(namedValues) : [];

async function* piecesOf({ sha256, size }: LargeValue, largeValues: LargeValues): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const bytes of largeValues.get(sha256)) {
    yield encodePiece({ sha256, size, at, bytes });
    at += bytes.length;
  }
}
