import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Logger } from '#platform';

import { moveAside, readOrMoveAside, syncFolder, writeDurably } from './durable-file.js';

/** Why a run id never starts (again): it ended, or was stopped before it came. */
export type Closed = 'ended' | 'stopped';

export interface ClosedRuns {
  why(runId: string): Closed | null;
  /** Once this returns it survives a power failure. The first reason stays. */
  add(runId: string, why: Closed): Promise<void>;
}

/** Ids that are remembered; older ones are forgotten. */
const REMEMBERED = 100_000;

/** Opens the list of run ids that are over, one JSON line each; of a damaged one the good lines count. */
export async function openClosedRuns(path: string, logger: Logger): Promise<ClosedRuns> {
  const text = (await readOrMoveAside(path, (all) => all, logger)) ?? '';
  const lines = text.split('\n').slice(0, -1);
  const entries = lines.slice(-REMEMBERED).map(parseEntry);
  const closed = new Map(entries.filter((entry) => entry !== null));
  const bad = entries.indexOf(null);
  if (bad !== -1) await moveAside(path, new Error(`'${lines.slice(-REMEMBERED)[bad]}' is no entry`), logger);
  let written = 0;
  let inTurn = rewrite();

  async function rewrite(): Promise<void> {
    await writeDurably(path, [...closed].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await syncFolder(dirname(path));
    written = closed.size;
  }

  async function append(entry: [string, Closed]): Promise<void> {
    if (written >= 2 * REMEMBERED) return rewrite();
    await using file = await open(path, 'a', 0o600);
    await file.writeFile(`${JSON.stringify(entry)}\n`);
    await file.datasync();
    written += 1;
  }

  await inTurn;
  return {
    why: (runId) => closed.get(runId) ?? null,
    add(runId, why) {
      if (closed.has(runId)) return inTurn;
      closed.set(runId, why);
      if (closed.size > REMEMBERED) closed.delete(closed.keys().next().value!);
      inTurn = inTurn
        .catch(() => undefined)
        .then(() => append([runId, why]))
        .catch((error: unknown) => {
          closed.delete(runId);
          throw error;
        });
      return inTurn;
    },
  };
}

function parseEntry(line: string): [string, Closed] | null {
  try {
    const [runId, why] = JSON.parse(line) as [unknown, unknown];
    return typeof runId === 'string' && (why === 'ended' || why === 'stopped') ? [runId, why] : null;
  } catch {
    return null;
  }
}
