import type { ResealScheduledJob } from '../command.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';

/** What was edited or has ended meanwhile is left alone. */
export function resealScheduledJob(state: State, { id, sealed }: ResealScheduledJob): Decision {
  const spec = state.schedules.get(id)?.spec;
  const isStill = spec && spec.command !== 'deploy' && spec.sealed?.commandId === sealed.commandId;
  if (!isStill) return NOTHING;
  return { events: [{ type: 'daybook.scheduled-job.resealed', data: { id, sealed } }], answer: DONE };
}
