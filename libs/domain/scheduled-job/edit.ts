import type { Actor } from '../access/actor.js';
import { demandDeleting, demandEditing } from '../access/rights.js';
import type { ScheduleChanges, UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent, EventData } from '../event.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { Resolver } from '../resolve.js';
import type { Schedule } from '../schedules.js';
import type { State } from '../state.js';
import { instantToCome } from './schedule.js';
import { demandRunnable } from './what-runs.js';
import type { WhatRuns } from './what-runs.js';

/** Replaces what the command names and keeps the rest, and ends the schedule after that where it is to end. */
export function editScheduledJob(
  state: State,
  command: Extract<UserCommand, { type: 'edit-scheduled-job' }>,
  actor: Actor,
  nowMs: number,
  resolver: Resolver,
): Decision {
  const { id } = command;
  const present = state.schedules.get(id);
  if (!present) throw goneOrUnknown(state, id);
  const { isEnded, ...changes } = command.changes;
  const events: DomainEvent[] = [];
  if (!isEnded || Object.keys(changes).length > 0) {
    const data = edited(state, present, changes, actor, nowMs, resolver);
    events.push({ type: 'daybook.scheduled-job.edited', data });
  }
  if (isEnded) {
    demandDeleting(actor, id, present.owner);
    events.push({ type: 'daybook.scheduled-job.deleted', data: { id } });
  }
  return { events, answer: { kind: 'scheduled', scheduledJob: id } };
}

/** What the schedule says then; a new timing starts anew, an old one goes on in phase. */
function edited(
  state: State,
  present: Schedule,
  changes: Omit<ScheduleChanges, 'isEnded'>,
  actor: Actor,
  nowMs: number,
  resolver: Resolver,
): EventData['daybook.scheduled-job.edited'] {
  const { id } = present;
  demandEditing(actor, present.owner);
  if (changes.spec && changes.spec.command !== present.spec.command) {
    const { command: type } = changes.spec;
    throw new Refusal({ code: 'other-type', id, type, expected: present.spec.command });
  }
  const environment = changes.environment ?? present.spec.environment;
  // Of the same type, as it was just seen.
  const what = {
    spec: { ...(changes.spec ?? present.spec), environment },
    scope: changes.scope ?? present.scope,
  } as WhatRuns;
  const timing = changes.timing && {
    scheduledTime: instantToCome(changes.timing.scheduledTimeMs, nowMs),
    intervalS: changes.timing.intervalS,
  };
  demandRunnable(state, actor.permissions, what, resolver);
  return {
    id,
    ...what,
    description: changes.description ?? present.description,
    userdata: changes.userdata ?? present.userdata,
    timing: timing ?? null,
    nextRun: timing?.scheduledTime ?? instant(present.nextMs),
  };
}

/** Why a schedule is not there. */
export function goneOrUnknown(state: State, id: number): Refusal {
  const hasEnded = id >= 1 && id <= state.lastScheduledJob;
  return new Refusal({ code: hasEnded ? 'disabled-scheduled-job' : 'unknown-scheduled-job', id });
}
