import type { JetStreamManager } from '@nats-io/jetstream';
import { whenJetStreamIsUp } from '#broker';
import { LOG_START, LogWentBackwards } from '../port.js';
import type { RawCommit } from '../port.js';
import { headSequence } from './append.js';
import { rawCommit } from './raw-commit.js';
import { STREAM } from './stream.js';

/**
 * The last commit of which something holds, where it holds of all before that one as well; null: it holds of none.
 * Sequences have no gap, so that halving finds it.
 */
export async function lastCommit(
  jsm: JetStreamManager,
  holds: (commit: RawCommit) => boolean,
): Promise<RawCommit | null> {
  let [low, high] = [0, await whenJetStreamIsUp(() => headSequence(jsm))];
  let found: RawCommit | null = null;
  // What is asked for is most often at the end.
  for (let next = high; low < high; next = Math.ceil((low + high) / 2)) {
    const commit = await commitAt(jsm, next);
    if (holds(commit)) [low, found] = [next, commit];
    else high = next - 1;
  }
  return found;
}

async function commitAt(jsm: JetStreamManager, sequence: number): Promise<RawCommit> {
  const commit = await whenJetStreamIsUp(() => jsm.streams.getMessage(STREAM, { seq: sequence }));
  if (commit) return rawCommit(commit);
  throw new LogWentBackwards({ ...LOG_START, sequence }, 'it cannot be read any more');
}
