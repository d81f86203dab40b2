import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamApiError } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { chainHash } from '../hash.js';
import { LogWentBackwards } from '../port.js';
import type { AppendOptions, LogPosition, NewCommit, Verdict } from '../port.js';
import { PARTITION, STREAM, SUBJECT } from './stream.js';

export const COMMIT_ID = 'Daybook-Commit-Id';
export const FIRST_NUMBER = 'Daybook-First-Number';
export const PREVIOUS_HASH = 'Daybook-Previous-Hash';

const PUBLISH_TIMEOUT_MS = 1000;
const RESEND_PAUSE_MS = 50;

/** "wrong last sequence", with and without the number; the second comes while a rival is still in flight. */
const WRONG_LAST_SEQUENCE = [10071, 10164];

/** Offers a commit until there is a verdict; its bytes never differ between two tries. */
export async function appendCommit(
  js: JetStreamClient,
  jsm: JetStreamManager,
  commit: NewCommit,
  after: LogPosition,
  { signal, onResend }: AppendOptions,
): Promise<Verdict> {
  const { id, firstNumber, payload } = commit;
  const hash = chainHash(after.hash, { partition: PARTITION, firstNumber, id, payload });
  const stored = (sequence: number): Verdict => ({
    kind: 'stored',
    position: { number: commit.lastNumber, sequence, hash },
  });
  const commitHeaders = headers();
  commitHeaders.set('Content-Type', 'application/cloudevents-batch+json');
  commitHeaders.set(COMMIT_ID, id);
  commitHeaders.set(FIRST_NUMBER, String(firstNumber));
  commitHeaders.set(PREVIOUS_HASH, after.hash);
  const options = {
    msgID: id,
    headers: commitHeaders,
    expect: { lastSubjectSequence: after.sequence },
    timeout: PUBLISH_TIMEOUT_MS,
  };
  for (;;) {
    signal?.throwIfAborted();
    try {
      return stored((await js.publish(SUBJECT, payload, options)).seq);
    } catch (error) {
      if (error instanceof JetStreamApiError && WRONG_LAST_SEQUENCE.includes(error.code)) {
        const winner = await winnerAfter(jsm, after).catch((reason: unknown) => {
          if (reason instanceof LogWentBackwards) throw reason;
          return null;
        });
        if (winner) return winner.header.get(COMMIT_ID) === id ? stored(winner.seq) : { kind: 'fenced' };
      }
      // Anything else says nothing about the commit: it may be stored, or be stored yet.
      onResend?.(error as Error);
    }
    await delay(RESEND_PAUSE_MS, undefined, signal ? { signal } : {});
  }
}

/** The commit that stands directly after a place, read from the leader; null: none does (yet). */
async function winnerAfter(jsm: JetStreamManager, after: LogPosition): Promise<StoredMsg | null> {
  const winner = await jsm.streams.getMessage(STREAM, { seq: after.sequence + 1 });
  if (winner) return winner;
  const head = await headSequence(jsm);
  if (head < after.sequence) throw new LogWentBackwards(after, `the log now ends at sequence ${head}`);
  return null;
}

/** Sequence of the last commit, by the leader's own account. */
export async function headSequence(jsm: JetStreamManager): Promise<number> {
  return (await jsm.streams.info(STREAM)).state.last_seq;
}
