import type { UserCommand } from '../command.js';
import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';

export function deleteScheduledJob(
  state: State,
  { id }: Extract<UserCommand, { type: 'delete-scheduled-job' }>,
): Decision {
  if (!state.schedules.has(id)) throw new Refusal({ code: 'unknown-scheduled-job', id });
  return { events: [{ type: 'daybook.scheduled-job.deleted', data: { id } }], answer: DONE };
}
