import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import type { Checkpoint } from './events.js';

/** Events that may come until the next checkpoint is signed. */
export const CHECKPOINT_EVENTS = 10_000;

/** How long an event may wait until a checkpoint vouches for it, in milliseconds. */
export const CHECKPOINT_MS = 10 * 60_000;

/** A checkpoint stands no further behind what it vouches for, in events: who verifies remembers so many. */
export const CHECKPOINT_REACH = 50_000;

/** Takes a checkpoint into the log. */
export interface SignCheckpoint extends Checkpoint {
  readonly type: 'sign-checkpoint';
}

/** The text that is signed: ASCII, four lines with their ends. */
export const checkpointText = (streamId: string, { number, hash }: Pick<Checkpoint, 'number' | 'hash'>): string =>
  `daybook checkpoint 1\n${streamId}\n${number}\n${hash}\n`;

/**
 * Whether a log that is stored up to the event `stored` wants another checkpoint: a checkpoint alone does not.
 * @param nowMs milliseconds since the epoch
 */
export function isCheckpointDue({ vouched }: State, stored: number, nowMs: number): boolean {
  const own = vouched.event > 0 && vouched.event <= stored ? 1 : 0;
  const since = stored - vouched.number - own;
  return since >= CHECKPOINT_EVENTS || (since > 0 && nowMs - vouched.timeMs >= CHECKPOINT_MS);
}

export function decideCheckpoint(state: State, { type: _, ...checkpoint }: SignCheckpoint): Decision {
  const isOfUse = checkpoint.number > state.vouched.number && state.position - checkpoint.number < CHECKPOINT_REACH;
  if (!isOfUse) return NOTHING;
  return { events: [{ type: 'daybook.log.checkpoint-signed', data: checkpoint }], answer: DONE };
}
