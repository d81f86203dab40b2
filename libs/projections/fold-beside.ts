import { LOG_START } from '#event-log';
import type { EventLog, StoredCommit } from '#event-log';
import type { BesideStore, Projection, ProjectionCheckpoint } from '#read-store';

import { writeInTurn } from './write-in-turn.js';

/** Events that are folded in a moment. */
const NEAR = 5000;

export interface FoldBesideOptions {
  readonly log: EventLog;
  readonly giveWay?: ((decidedMs: number) => Promise<void>) | undefined;
  /** Told the numbers of the last event that is folded, and of the last that is to be, as far as it is known. */
  readonly onFolded: (done: number, total: number) => void;
}

/** Folds the log into empty tables beside, part by part. */
export async function foldBeside(
  beside: BesideStore,
  projection: Projection,
  { log, giveWay, onFolded }: FoldBesideOptions,
  signal: AbortSignal,
) {
  let at: ProjectionCheckpoint = { version: projection.version, ...LOG_START };
  await beside.reset(projection, await beside.checkpoint(projection.name));

  /** Up to the commit that ends with an event; null: to the end of the log. */
  async function foldTo(end: number | null): Promise<void> {
    const last = end ?? Infinity;
    const onMoved = (to: ProjectionCheckpoint) => onFolded((at = to).number, Math.max(end ?? 0, to.number));
    const writing = {
      store: beside,
      giveWay: giveWayNow(giveWay),
      onMoved,
      onEnd: () => undefined,
    };
    if (at.number < last) await writeInTurn(projection, at, upTo(log.read(at, signal), last), writing, signal);
    signal.throwIfAborted();
  }
  return {
    position: () => at.number,
    foldTo,
    /** Up to a place that moves on meanwhile, until little is missing. */
    async approach(place: () => Promise<number>): Promise<void> {
      for (let last = await place(); last - at.number > NEAR; last = await place()) await foldTo(last);
    },
  };
}

/** However old the events are, they are folded when there is time. */
const giveWayNow = (giveWay: FoldBesideOptions['giveWay']) => giveWay && (() => giveWay(Date.now()));

async function* upTo(
  batches: AsyncIterable<readonly StoredCommit[]>,
  last: number,
): AsyncGenerator<readonly StoredCommit[]> {
  for await (const commits of batches) {
    const wanted = commits.filter(({ position }) => position.number <= last);
    if (wanted.length > 0) yield wanted;
    if (commits.at(-1)!.position.number >= last) return;
  }
}
