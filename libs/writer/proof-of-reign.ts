import { setTimeout as delay } from 'node:timers/promises';
import { LogDamaged, LogWentBackwards } from '#event-log';
import type { AppendOptions, EventLog, LogPosition } from '#event-log';
import type { Claim } from './claim.js';

const RETRY_PAUSE_MS = 50;

interface Asking {
  readonly signal: NonNullable<AppendOptions['signal']>;
  /** Called each time there is no answer and the question is put again. */
  readonly onTrouble: ((reason: Error) => void) | undefined;
}

/**
 * Whether nobody else has written to the log since a position; asked until there is an answer.
 * @throws LogWentBackwards when the log ends before it
 */
export async function provesReign(
  log: EventLog,
  claim: Claim | null,
  position: LogPosition,
  { signal, onTrouble }: Asking,
): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted();
    try {
      if (claim && log.replicas > 1) return await claim.isUnbroken();
      const head = await log.headSequence();
      if (head < position.sequence) throw new LogWentBackwards(position, `the log now ends at sequence ${head}`);
      return head === position.sequence;
    } catch (error) {
      if (error instanceof LogWentBackwards || error instanceof LogDamaged) throw error;
      onTrouble?.(error as Error);
      await delay(RETRY_PAUSE_MS);
    }
  }
}
