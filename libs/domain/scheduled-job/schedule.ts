import type { Actor } from '../access/actor.js';
import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { Resolver } from '../resolve.js';
import type { State } from '../state.js';
import { demandRunnable } from './what-runs.js';

export function scheduleJob(
  state: State,
  command: Extract<UserCommand, { type: 'schedule-job' }>,
  actor: Actor,
  nowMs: number,
  resolver: Resolver,
): Decision {
  const { type: _, scheduledTimeMs, ...said } = command;
  const scheduledTime = instantToCome(scheduledTimeMs, nowMs);
  demandRunnable(state, actor.permissions, command, resolver);
  const id = state.lastScheduledJob + 1;
  const nextRun = scheduledTime;
  return {
    events: [
      {
        type: 'daybook.scheduled-job.scheduled',
        data: { id, ...said, scheduledTime, nextRun },
      },
    ],
    answer: { kind: 'scheduled', scheduledJob: id },
  };
}

/** The instant as text. @throws Refusal when it has passed */
export function instantToCome(timeMs: number, nowMs: number): string {
  const scheduledTime = instant(timeMs);
  if (timeMs < nowMs) throw new Refusal({ code: 'invalid-time', scheduledTime, now: instant(nowMs) });
  return scheduledTime;
}
