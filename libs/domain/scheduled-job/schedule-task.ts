import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import { checkNodes } from '../job/create.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';

export function scheduleTask(
  state: State,
  command: Extract<UserCommand, { type: 'schedule-task' }>,
  nowMs: number,
): Decision {
  const scheduledTime = instant(command.scheduledTimeMs);
  if (command.scheduledTimeMs < nowMs) {
    throw new Refusal({ code: 'invalid-time', scheduledTime, now: instant(nowMs) });
  }
  checkNodes(command.nodes);
  const { spec, nodes, owner, description, intervalS } = command;
  const id = state.lastScheduledJob + 1;
  return {
    events: [
      {
        type: 'daybook.scheduled-job.scheduled',
        data: { id, spec, nodes, owner, description, scheduledTime, intervalS, nextRun: scheduledTime },
      },
    ],
    answer: { kind: 'scheduled', scheduledJob: id },
  };
}
