import { permissionsOf } from '../access/actor.js';
import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import { jobCreated } from '../job/create.js';
import { planJobCreated } from '../plan-job/create.js';
import { Refusal } from '../refusal.js';
import type { Resolver } from '../resolve.js';
import type { Schedule } from '../schedules.js';
import type { State } from '../state.js';
import type { SkipReason, SubmissionRefusal } from './events.js';
import { nextOccurrence, planOccurrences } from './occurrences.js';
import type { Range } from './occurrences.js';

/** Fires or skips every occurrence of a schedule that is due at `nowMs`. */
export function decideDue(state: State, schedule: Schedule, nowMs: number, resolver: Resolver): DomainEvent[] {
  const running = schedule.scope === null ? state.planJobs : state.jobs;
  const isRunning = schedule.lastJob !== null && running.has(schedule.lastJob);
  const plan = planOccurrences(schedule.nextMs, schedule.intervalMs, nowMs, isRunning);
  return [
    ...(plan.misfired ? [skip(schedule, 'misfire', plan.misfired)] : []),
    ...(plan.fireMs === null ? [] : fire(state, schedule, plan.fireMs, resolver)),
    ...(plan.overlapping ? [skip(schedule, 'overlap', plan.overlapping)] : []),
  ];
}

function skip(
  { id, intervalMs }: Schedule,
  reason: SkipReason,
  { firstMs, lastMs, count }: Range,
  refusal: SubmissionRefusal | null = null,
): DomainEvent {
  const nextRun = iso(nextOccurrence(lastMs, intervalMs));
  const data = { id, reason, first: iso(firstMs), last: iso(lastMs), count, refusal, nextRun };
  return { type: 'daybook.scheduled-job.skipped', data };
}

/** With the rights that its owner has now; what cannot become a job is skipped, with the reason. */
function fire(state: State, schedule: Schedule, occurrenceMs: number, resolver: Resolver): DomainEvent[] {
  const { id, owner, description, userdata } = schedule;
  try {
    const wanted = { owner, description, scheduledJob: id, userdata };
    const held = permissionsOf(state, state.subjects.get(owner));
    const created =
      schedule.scope === null
        ? planJobCreated(state, { ...wanted, spec: schedule.spec, runsElsewhere: false }, held, resolver)
        : jobCreated(state, { ...wanted, spec: schedule.spec }, schedule.scope, held, resolver);
    const nextRun = iso(nextOccurrence(occurrenceMs, schedule.intervalMs));
    const fired = { id, occurrence: iso(occurrenceMs), job: created.data.id, nextRun };
    return [{ type: 'daybook.scheduled-job.fired', data: fired }, created];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const occurrence = { firstMs: occurrenceMs, lastMs: occurrenceMs, count: 1 };
    return [skip(schedule, 'submission-error', occurrence, error.reason as SubmissionRefusal)];
  }
}

function iso(ms: number): string;
function iso(ms: number | null): string | null;
function iso(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
