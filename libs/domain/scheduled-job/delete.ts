import type { Actor } from '../access/actor.js';
import { demandDeleting } from '../access/rights.js';
import type { UserCommand } from '../command.js';
import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';

export function deleteScheduledJob(
  state: State,
  { id }: Extract<UserCommand, { type: 'delete-scheduled-job' }>,
  actor: Actor,
): Decision {
  const schedule = state.schedules.get(id);
  if (!schedule) throw new Refusal({ code: 'unknown-scheduled-job', id });
  demandDeleting(actor, id, schedule.owner);
  return { events: [{ type: 'daybook.scheduled-job.deleted', data: { id } }], answer: DONE };
}
