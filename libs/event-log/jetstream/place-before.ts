import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { LOG_START, LogWentBackwards } from '../port.js';
import type { LogPosition } from '../port.js';
import { FIRST_NUMBER, headSequence, PREVIOUS_HASH } from './append.js';
import { STREAM } from './stream.js';

/**
 * The place just before the commit that holds an event; where the event is yet to come, before the last commit.
 * Sequences have no gap, so that halving finds it.
 */
export async function placeBefore(jsm: JetStreamManager, number: number): Promise<LogPosition> {
  const head = await headSequence(jsm);
  if (head === 0) return LOG_START;
  let [low, high] = [1, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (firstNumberOf(await commitAt(jsm, middle)) <= number) low = middle;
    else high = middle - 1;
  }
  const commit = await commitAt(jsm, low);
  return { number: firstNumberOf(commit) - 1, sequence: low - 1, hash: commit.header.get(PREVIOUS_HASH) };
}

const firstNumberOf = (commit: StoredMsg) => Number(commit.header.get(FIRST_NUMBER));

async function commitAt(jsm: JetStreamManager, sequence: number): Promise<StoredMsg> {
  const commit = await jsm.streams.getMessage(STREAM, { seq: sequence });
  if (commit) return commit;
  throw new LogWentBackwards({ ...LOG_START, sequence }, 'it cannot be read any more');
}
