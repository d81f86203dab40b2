import { join } from 'node:path';
import { connectTo, openBroker } from '#broker';
import { HighWaterMark, openJetStreamLog } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { importLedger, LedgerCheck, noteImportBegun, noteImportDone, readLedgerFile } from '#ledger';
import type { ImportTarget } from '#ledger';
import { createLogger, lockDataDir, readSettings } from '#platform';
import { progressOn, terminal } from './progress.js';

interface ImportOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

/**
 * Restores an export into the data folder that the settings name.
 * @throws Error when a server runs there, its log is another one, or the export is damaged
 */
export async function importEvents(
  path: string,
  { dataDir: given, json }: ImportOptions,
  say: (line: string) => unknown,
): Promise<void> {
  const settings = readSettings({ ...process.env, ...(given !== undefined && { DAYBOOK_DATA_DIR: given }) });
  const { DAYBOOK_DATA_DIR: dataDir } = settings;
  const progress = progressOn(terminal);
  const check = new LedgerCheck();
  const stopped = new AbortController();
  await using undo = new AsyncDisposableStack();
  undo.defer(() => progress.clear());
  undo.defer(onSignals(() => stopped.abort(new Error('the import was stopped; the same command goes on from there'))));

  let share = 0;
  const lines = readLedgerFile(path, check, ({ bytes, size }) => (share = bytes / size));
  const head = await importLedger(
    lines,
    check,
    (streamId) => openTarget(settings, streamId, undo),
    (number) => {
      stopped.signal.throwIfAborted();
      progress.show(share, number);
    },
  );
  const mark = HighWaterMark.open(join(dataDir, 'log-mark.json'));
  mark.note(head);
  await mark.flush();
  noteImportDone(dataDir);
  progress.clear();

  const { stream } = check.header!;
  if (json) return void say(JSON.stringify({ dataDir, stream, ...check.held }));
  say(`${dataDir} holds the log ${stream} up to event ${head.number}, hash ${head.hash}`);
  say(
    `The secret key is in no export: before a server starts here, put the one of the old server into ` +
      `${join(dataDir, 'secret-key')}, or set DAYBOOK_SECRET_KEY to it`,
  );
}

/** Brings up the broker as the server does; nothing is changed before the folder is known to be free. */
async function openTarget(
  { DAYBOOK_DATA_DIR: dataDir, DAYBOOK_NATS_SERVER: natsServer, NATS_URL: natsUrl }: ReturnType<typeof readSettings>,
  streamId: string,
  undo: AsyncDisposableStack,
): Promise<ImportTarget> {
  const lock = lockDataDir(dataDir);
  undo.defer(() => lock.release());
  const broker = await openBroker({ dataDir, lock, natsUrl, natsServer, logger: createLogger('import', 'warn') });
  undo.defer(() => broker.stop());
  const connection = await connectTo(broker.address, 'daybook-import');
  undo.defer(() => connection.close());
  const log = await openJetStreamLog(connection, streamId);
  const largeValues = await openJetStreamValues(connection);
  if (log.streamId === streamId && (await log.headSequence()) === 0) noteImportBegun(dataDir);
  return { log, largeValues };
}

/** Calls `stop` at the first signal to leave; gives what ends that. */
function onSignals(stop: () => void): () => void {
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return () => void process.off('SIGINT', stop).off('SIGTERM', stop);
}
