import type { JetStreamManager } from '@nats-io/jetstream';
import { decodeCommit, parseEvents } from '../codec.js';
import type { EventPlace, RawCommit, StoredCommit } from '../port.js';
import { lastCommit } from './last-commit.js';
import { placeBeforeIt } from './place-before.js';
import { PARTITION } from './stream.js';

/** The last commit that begins at an event or at a time, or before it; null: none does. @throws LogDamaged */
export async function findCommit(jsm: JetStreamManager, wanted: EventPlace): Promise<StoredCommit | null> {
  const commit = await lastCommit(jsm, (each) => beginsBy(each, wanted));
  return commit && decodeCommit(commit, PARTITION, placeBeforeIt(commit));
}

function beginsBy(commit: RawCommit, wanted: EventPlace): boolean {
  if ('number' in wanted) return commit.firstNumber <= wanted.number;
  return Date.parse(parseEvents(commit)[0]!.time) <= wanted.timeMs;
}
