import type { JetStreamManager } from '@nats-io/jetstream';
import { LOG_START } from '../port.js';
import type { LogPosition, RawCommit } from '../port.js';
import { lastCommit } from './last-commit.js';

/** The place just before the commit that holds an event; where the event is yet to come, before the last commit. */
export async function placeBefore(jsm: JetStreamManager, number: number): Promise<LogPosition> {
  const commit = await lastCommit(jsm, ({ firstNumber }) => firstNumber <= number);
  return commit === null ? LOG_START : placeBeforeIt(commit);
}

export const placeBeforeIt = ({ firstNumber, sequence, previousHash }: RawCommit): LogPosition => ({
  number: firstNumber - 1,
  sequence: sequence - 1,
  hash: previousHash,
});
