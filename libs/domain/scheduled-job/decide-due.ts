import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import type { Schedule } from '../schedules.js';
import type { State } from '../state.js';
import type { SkipReason } from './events.js';
import { nextOccurrence, planOccurrences } from './occurrences.js';
import type { Range } from './occurrences.js';

/** Fires or skips every occurrence of a schedule that is due at `nowMs`. */
export function decideDue(state: State, schedule: Schedule, nowMs: number): DomainEvent[] {
  const isRunning = schedule.lastJob !== null && state.jobs.has(schedule.lastJob);
  const plan = planOccurrences(schedule.nextMs, schedule.intervalMs, nowMs, isRunning);
  return [
    ...(plan.misfired ? [skip(schedule, 'misfire', plan.misfired)] : []),
    ...(plan.fireMs === null ? [] : fire(state, schedule, plan.fireMs)),
    ...(plan.overlapping ? [skip(schedule, 'overlap', plan.overlapping)] : []),
  ];
}

function skip({ id, intervalMs }: Schedule, reason: SkipReason, { firstMs, lastMs, count }: Range): DomainEvent {
  const nextRun = iso(nextOccurrence(lastMs, intervalMs));
  const data = { id, reason, first: iso(firstMs), last: iso(lastMs), count, nextRun };
  return { type: 'daybook.scheduled-job.skipped', data };
}

function fire(state: State, schedule: Schedule, occurrenceMs: number): DomainEvent[] {
  const { id, spec, nodes, owner, description } = schedule;
  const job = state.lastJob + 1;
  const nextRun = iso(nextOccurrence(occurrenceMs, schedule.intervalMs));
  return [
    { type: 'daybook.scheduled-job.fired', data: { id, occurrence: iso(occurrenceMs), job, nextRun } },
    {
      type: 'daybook.job.created',
      data: { id: job, command: 'task', spec, nodes, owner, description, scheduledJob: id, userdata: {} },
    },
  ];
}

function iso(ms: number): string;
function iso(ms: number | null): string | null;
function iso(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
