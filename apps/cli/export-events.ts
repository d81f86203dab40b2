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
  const file = await openLedgerFile(path);
  const progress = progressOn(terminal);
  try {
    const chunks = await api.stream(`/log/export?after=${file.check.held.number}`);
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
    await file.close();
    const { number } = file.check.held;
    const message = error instanceof Error ? error.message : String(error);
    const next =
      error instanceof LedgerBroken
        ? ''
        : `; ${path}.part is whole up to event ${number}, the same command goes on from there`;
    throw new Error(`${message}${next}`, { cause: error });
  }
}
