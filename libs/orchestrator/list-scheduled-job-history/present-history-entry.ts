import type { EventData, JsonObject } from '#domain';
import { Refusal } from '#domain';
import { asApiError, orchestratorErrorBody } from '#http';
import type { Links } from '../links.js';
import { diff } from './diff.js';
import type { History, Numbered } from './list-scheduled-job-history.handler.js';

type Fired = EventData['daybook.scheduled-job.fired'];
type Skipped = EventData['daybook.scheduled-job.skipped'];

/** An entry of a schedule's history as the API shows it. Times are those of events, with milliseconds. */
export function presentHistoryEntry({ row, version }: Numbered, type: History['type'], links: Links) {
  const { number: event, time, actor, login, before, after, details } = row;
  const common = { event, time, actor, login };
  switch (row.type) {
    case 'daybook.scheduled-job.scheduled':
      return { ...common, what: 'created', version, after: after! } as const;
    case 'daybook.scheduled-job.edited':
      return { ...common, what: 'edited', version, changes: diff(before!, after!) } as const;
    case 'daybook.scheduled-job.resealed':
      return { ...common, what: 'resealed', version, changes: diff(before!, after!) } as const;
    case 'daybook.scheduled-job.fired':
      return { ...common, what: 'fired', ...fired(details as unknown as Fired, time, type, links) } as const;
    case 'daybook.scheduled-job.skipped':
      return { ...common, what: 'skipped', ...skipped(details as unknown as Skipped) } as const;
    default:
      return { ...common, what: 'deleted', before: before! } as const;
  }
}

function fired({ occurrence, job, nextRun }: Fired, time: string, type: History['type'], links: Links) {
  const id = type === 'plan' ? links.planJob(job) : links.job(job);
  return {
    occurrence,
    lateness_ms: Date.parse(time) - Date.parse(occurrence),
    job: { id, name: String(job) },
    next_run: nextRun,
  };
}

function skipped({ reason, first, last, count, refusal, nextRun }: Skipped) {
  return {
    reason,
    first,
    last,
    count,
    ...(refusal && { submission_error: orchestratorErrorBody(asApiError(new Refusal(refusal))!) as JsonObject }),
    next_run: nextRun,
  };
}
