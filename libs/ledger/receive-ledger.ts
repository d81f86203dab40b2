import type { LedgerEnd } from './format.js';
import type { LedgerFile } from './ledger-file.js';
import { parsed } from './read-ledger.js';
import { splitLines } from './split-lines.js';

/** How far an export has come. */
export interface ExportProgress {
  /** Number of the last event in the file. */
  readonly number: number;
  /** Number of the last event that the log had when it was asked. */
  readonly last: number;
}

/**
 * Writes what a server exports into a file, after what that holds already, and holds each line against all before it.
 * @throws LedgerBroken at the first place where something is wrong, or does not follow on what the file holds already
 * @throws Error when it ends too early
 */
export async function receiveLedger(
  chunks: AsyncIterable<Uint8Array>,
  file: LedgerFile,
  onProgress: (progress: ExportProgress) => void = () => undefined,
): Promise<LedgerEnd> {
  const { check } = file;
  let end: LedgerEnd | null = null;
  let last = 0;
  for await (const lines of splitLines(chunks)) {
    for (const bytes of lines) {
      const line = parsed(bytes, check);
      if (line.kind === 'end') {
        end = line.end;
        continue;
      }
      // Of the part that is there already.
      if (line.kind === 'piece' && check.sizeOf(line.sha256) !== undefined) continue;
      if (line.kind === 'header') {
        last = line.header.last;
        if (check.header && check.header.stream !== line.header.stream) {
          throw check.broken(
            `what is there of the file is of log ${check.header.stream}, expected ${line.header.stream}`,
          );
        }
        if (check.header) continue;
      }
      check.take(line);
      await file.add(bytes);
    }
    onProgress({ number: check.held.number, last });
  }
  const { held } = check;
  if (end === null) throw new Error(`the export was broken off after event ${held.number}, expected its last line`);
  if (end.number !== held.number || end.hash !== held.hash) {
    throw check.broken(
      `the log ends with event ${end.number} and hash ${end.hash}, expected ${held.number} and ${held.hash}`,
    );
  }
  return held;
}
