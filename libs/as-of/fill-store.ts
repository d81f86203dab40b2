import { constants, copyFile, rm, stat } from 'node:fs/promises';
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
 * Fills a file with the read models as they were after an event. A file that cannot be filled is removed.
 * @throws Error when the log cannot be read, an event cannot be, or there is no room
 */
export async function fillStore(order: FillOrder, options: FillOptions): Promise<void> {
  try {
    await fill(order, options);
  } catch (error) {
    await rm(order.path, { force: true });
    throw error;
  }
}

async function fill({ path, base, from, to }: FillOrder, { maxBytes, ...options }: FillOptions): Promise<void> {
  if (base !== null) await copy(base, path, maxBytes);
  const store = await openScratch(path, maxBytes);
  const work = () => foldTo({ ...options, store: store.projections, projections: PROJECTIONS, from, to });
  try {
    // Where most rows are new.
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
