import { constants, copyFile, stat } from 'node:fs/promises';
import type { EventLog } from '#event-log';
import { foldTo } from '#projections';
import { openScratch, orchestrator } from '#read-store';

/** The projections that are asked about the past. */
const PROJECTIONS = [orchestrator];

/** What a file is to be filled with. */
export interface FillOrder {
  /** Of the file, which does not exist yet. */
  readonly path: string;
  /** File with the rows of an earlier event to begin with; null: it begins empty. */
  readonly base: string | null;
  /** Number of that event; 0 where there is none. */
  readonly from: number;
  /** Number of the event whose rows are wanted. */
  readonly to: number;
}

export interface FillOptions {
  readonly log: EventLog;
  /** How large the file may become. */
  readonly maxBytes: number;
  readonly giveWay: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Fills a file with the read models as they were after an event.
 * @throws Error when the log cannot be read, an event cannot be, or there is no room; the file is of no use then
 */
export async function fillStore(order: FillOrder, { maxBytes, ...options }: FillOptions): Promise<void> {
  const { path, base, from, to } = order;
  if (base !== null) await copy(base, path, maxBytes);
  const store = await openScratch(path, maxBytes);
  const work = () => foldTo({ ...options, store: store.projections, projections: PROJECTIONS, from, to });
  try {
    await (to > 2 * from ? store.withoutIndexes(work) : work());
  } finally {
    await store.close();
  }
}

async function copy(base: string, path: string, maxBytes: number): Promise<void> {
  const { size } = await stat(base);
  if (size > maxBytes) throw new Error(`a store of ${size} bytes is to be copied where there is room for ${maxBytes}`);
  await copyFile(base, path, constants.COPYFILE_FICLONE);
}
