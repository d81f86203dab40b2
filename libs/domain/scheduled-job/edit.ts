import type { Actor } from '../access/actor.js';
import { demandEditing, permittedNodes } from '../access/rights.js';
import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { Resolver } from '../resolve.js';
import type { State } from '../state.js';
import { instantToCome } from './schedule.js';

/** Replaces what the command names and keeps the rest; a new timing starts anew, an old one goes on in phase. */
export function editScheduledJob(
  state: State,
  command: Extract<UserCommand, { type: 'edit-scheduled-job' }>,
  actor: Actor,
  nowMs: number,
  resolver: Resolver,
): Decision {
  const { id, changes } = command;
  const present = state.schedules.get(id);
  if (!present) throw goneOrUnknown(state, id);
  demandEditing(actor, present.owner);
  if (changes.spec && changes.spec.command !== present.spec.command) {
    const { command: type } = changes.spec;
    throw new Refusal({ code: 'other-type', id, type, expected: present.spec.command });
  }
  const environment = changes.environment ?? present.spec.environment;
  const spec = { ...(changes.spec ?? present.spec), environment };
  const scope = changes.scope ?? present.scope;
  const timing = changes.timing && {
    scheduledTime: instantToCome(changes.timing.scheduledTimeMs, nowMs),
    intervalS: changes.timing.intervalS,
  };
  permittedNodes(state, actor.permissions, { spec, scope }, resolver);
  const edited = {
    id,
    spec,
    scope,
    description: changes.description ?? present.description,
    userdata: changes.userdata ?? present.userdata,
    timing: timing ?? null,
    nextRun: timing?.scheduledTime ?? instant(present.nextMs),
  };
  const { isEnded, ...said } = changes;
  return {
    events: [
      ...(isEnded && Object.keys(said).length === 0
        ? []
        : [{ type: 'daybook.scheduled-job.edited', data: edited } as const]),
      ...(isEnded ? [{ type: 'daybook.scheduled-job.deleted', data: { id } } as const] : []),
    ],
    answer: { kind: 'scheduled', scheduledJob: id },
  };
}

/** Why a schedule is not there. */
export function goneOrUnknown(state: State, id: number): Refusal {
  const hasEnded = id >= 1 && id <= state.lastScheduledJob;
  return new Refusal({ code: hasEnded ? 'disabled-scheduled-job' : 'unknown-scheduled-job', id });
}
