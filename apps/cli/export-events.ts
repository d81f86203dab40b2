import { LedgerBroken, openLedgerFile, receiveLedger } from '#ledger';
import type { Api } from './api.js';
import { progressOn, terminal } from './progress.js';

/**
 * Writes a server's log into a file.
 * @throws Error that says how to go on, when it is broken off
 */
export async function exportEvents(
  api: Api,
  path: string,
  { json }: { readonly json?: true },
  say: (line: string) => unknown,
): Promise<void> {
  const reading = progressOn(terminal);
  const file = await openLedgerFile(path, ({ share, number }) => reading.show(share, number)).finally(() =>
    reading.clear(),
  );
  const { number: after } = file.check.held;
  const isContinued = file.check.header !== null;
  const progress = progressOn(terminal);
  try {
    const chunks = await api.stream(`/log/export?after=${after}`);
    const held = await receiveLedger(chunks, file, ({ number, last }) =>
      progress.show(last === 0 ? null : number / last, number),
    );
    await file.finish();
    progress.clear();
    const { stream } = file.check.header!;
    if (json) say(JSON.stringify({ file: path, stream, ...held }));
    else say(`${path} holds the log ${stream} up to event ${held.number}, hash ${held.hash}`);
  } catch (error) {
    progress.clear();
    const isKept = await file.close().then(
      () => true,
      () => false,
    );
    const { number } = file.check.held;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}${adviceOn(error, { part: `${path}.part`, isContinued, number, isKept })}`, {
      cause: error,
    });
  }
}

/** What there is of the file. */
interface Part {
  readonly part: string;
  /** Whether it was there before. */
  readonly isContinued: boolean;
  /** Number of its last event. */
  readonly number: number;
  /** Whether the disk took all of it. */
  readonly isKept: boolean;
}

function adviceOn(error: unknown, { part, isContinued, number, isKept }: Part): string {
  if (error instanceof LedgerBroken) {
    return isContinued ? `; remove ${part} where it is of another log, or of this one before it was restored` : '';
  }
  const whole = isKept ? `${part} is whole up to event ${number}` : `${part} is kept as far as it is whole`;
  return `; ${whole}, the same command goes on from there`;
}
