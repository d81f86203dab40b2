import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent, EventData } from '../event.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import { InvalidTiming, parseInstantOrDuration, parseSchedule } from '../timing/index.js';
import type { AppJobSpec } from './events.js';
import { demandVersion } from './find.js';
import { nameProblem } from './name.js';
import { nextTick } from './times.js';

type ScheduleAppJob = Extract<UserCommand, { type: 'schedule-app-job' }>;

/** Accepts a job of an app, in the place of the one that has its name where it may. */
export function scheduleAppJob(state: State, command: ScheduleAppJob, nowMs: number): Decision {
  const { app, name, form, spec, payload, large, overwrite } = command;
  const problem = nameProblem(name);
  if (problem) throw new Refusal({ code: 'invalid-app-job', problem });
  const { firstMs, expiresMs } = planned(spec, nowMs);
  const present = state.appJobs.find(app, name);
  demandVersion(command, present);
  if (present && !overwrite) throw new Refusal({ code: 'app-job-exists', app, name });
  const id = state.lastAppJob + 1;
  const version = state.position + 1;
  const data: EventData['daybook.app-job.scheduled'] = {
    id,
    app,
    name,
    form,
    spec,
    payload,
    large,
    expires: expiresMs === null ? null : instant(expiresMs),
    nextRun: instant(firstMs),
    replaces: present?.id ?? null,
    version,
  };
  const events: DomainEvent[] = [{ type: 'daybook.app-job.scheduled', data }];
  if (expiresMs !== null && firstMs > expiresMs) events.push(expired(id, firstMs));
  return { events, answer: { kind: 'app-job', id, version } };
}

/** The first occurrence, and when there is none any more. @throws Refusal when the spec says no times */
function planned(spec: AppJobSpec, nowMs: number): { firstMs: number; expiresMs: number | null } {
  try {
    const { schedule, dueTime, ttl, repeats } = spec;
    if (schedule !== null) parseSchedule(schedule, '6');
    if (repeats === 0) throw new InvalidTiming('defined repeats must be greater than 0');
    if (schedule === null && (repeats ?? 1) > 1) throw new InvalidTiming('job must have a schedule to repeat');
    if (schedule === null && ttl !== null) throw new InvalidTiming('job must have a schedule to have a ttl');
    const dueMs = dueTime === null ? null : parseInstantOrDuration(dueTime, nowMs, 'due time');
    const expiresMs = ttl === null ? null : parseInstantOrDuration(ttl, dueMs ?? nowMs, 'ttl');
    if (expiresMs !== null && expiresMs < (dueMs ?? nowMs)) {
      throw new InvalidTiming(`ttl must be greater than due time: '${ttl}' ends at ${instant(expiresMs)}`);
    }
    const firstMs = dueMs ?? nextTick({ rules: spec, expiresMs: null }, nowMs);
    if (firstMs === null) throw new InvalidTiming(`schedule '${schedule}' has no occurrence before the year 10000`);
    return { firstMs, expiresMs };
  } catch (error) {
    if (!(error instanceof InvalidTiming)) throw error;
    throw new Refusal({ code: 'invalid-app-job', problem: `job failed validation: ${error.message}` });
  }
}

function expired(id: number, firstMs: number): DomainEvent {
  const first = instant(firstMs);
  const data = { id, reason: 'window', first, last: first, count: 1, isAtLeast: false } as const;
  return { type: 'daybook.app-job.skipped', data: { ...data, nextRun: null, endsJob: true } };
}
