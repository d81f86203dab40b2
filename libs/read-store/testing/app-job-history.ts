import type { AppJobSpec, AttemptFailure, EventData, RecordedEvent } from '#domain';
import { History, timeOf } from './history.js';

type Data<E extends string> = EventData[`daybook.app-job.${E}` & keyof EventData];

export const FAILURE: AttemptFailure = { kind: 'status', msg: 'the app answered 500', status: 500 };

/** How long an attempt takes here. */
export const ATTEMPT_MS = 250;

export function appJobSpec(spec: Partial<AppJobSpec> = {}): AppJobSpec {
  const sent = { schedule: '@every 1s', dueTime: null, ttl: null, repeats: null, failurePolicy: null };
  const misfire = { fire: 'all', thresholdMs: 0, limit: null } as const;
  return { ...sent, overlap: 'queue', misfire, zone: 'UTC', gap: 'shift', fold: 'first', ...spec };
}

/** Adds events about jobs of apps to a history; each answers the number of its event. */
export function appJobEvents(history: History) {
  const end = (run: number, attempt: number) => {
    const startedMs = Date.parse(timeOf(history.events.length + 1)) - ATTEMPT_MS;
    const startedAt = new Date(startedMs).toISOString();
    return { run, attempt, startedAt, finishedAt: new Date(startedMs + ATTEMPT_MS).toISOString() };
  };
  return {
    /** A job of the app `app` that is called `job`, unless said otherwise. */
    scheduled(id: number, data: Partial<Data<'scheduled'>> = {}): number {
      const said = { app: 'app', name: 'job', form: 'bare', spec: appJobSpec(), payload: null, large: null } as const;
      const times = { expires: null, nextRun: timeOf(1000 + id) };
      const version = history.events.length + 1;
      return history.add('daybook.app-job.scheduled', { id, ...said, ...times, replaces: null, version, ...data });
    },
    fired(id: number, run: number, data: Partial<Data<'fired'>> = {}): number {
      const times = { occurrence: timeOf(history.events.length), nextRun: timeOf(2000 + run) };
      const said = { id, run, ...times, trigger: 'schedule', supersedes: false } as const;
      return history.add('daybook.app-job.fired', { ...said, ...data });
    },
    skipped(id: number, data: Partial<Data<'skipped'>> = {}): number {
      const range = { first: timeOf(1), last: timeOf(3), count: 3, isAtLeast: false };
      const said = { id, reason: 'overlap', ...range, nextRun: timeOf(3000), endsJob: false } as const;
      return history.add('daybook.app-job.skipped', { ...said, ...data });
    },
    failed(id: number, run: number, attempt: number): number {
      const said = { id, ...end(run, attempt), failure: FAILURE, retryAt: timeOf(history.events.length + 2) };
      return history.add('daybook.app-job.attempt-failed', said);
    },
    delivered(id: number, run: number, data: Partial<Data<'delivered'>> = {}): number {
      const said = { id, ...end(run, data.attempt ?? 1), isUnknownToApp: false, isRedelivery: false, endsJob: false };
      return history.add('daybook.app-job.delivered', { ...said, ...data });
    },
    givenUp(id: number, run: number, data: Partial<Data<'given-up'>> = {}): number {
      const said = { id, ...end(run, data.attempt ?? 1), failure: FAILURE, isRedelivery: false, endsJob: false };
      return history.add('daybook.app-job.given-up', { ...said, ...data });
    },
  };
}

export type WriteAppJobs = (events: ReturnType<typeof appJobEvents>, history: History) => void;

/** The events of a history of jobs of apps. */
export function appJobHistory(write: WriteAppJobs): readonly RecordedEvent[] {
  const history = new History();
  write(appJobEvents(history), history);
  return history.events;
}
