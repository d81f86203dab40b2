import type { UserCommand } from '../../command.js';
import type { DomainEvent, EventData } from '../../event.js';
import { iso } from '../../testing/given.js';
import type { History } from '../../testing/given.js';
import type { ReportDelivery } from '../commands.js';
import type { AppJobSpec, AttemptFailure } from '../events.js';

export const appJobSpec: AppJobSpec = {
  schedule: null,
  dueTime: null,
  ttl: null,
  repeats: null,
  failurePolicy: null,
  overlap: 'queue',
  misfire: { fire: 'all', thresholdMs: 60_000, limit: null },
  zone: 'UTC',
  gap: 'shift',
  fold: 'first',
};

type Schedule = Extract<UserCommand, { type: 'schedule-app-job' }>;

/** A command for the job `j` of the app `a`. */
export const scheduleCommand = (spec: Partial<AppJobSpec>, over: Partial<Schedule> = {}): Schedule => ({
  type: 'schedule-app-job',
  app: 'a',
  name: 'j',
  ifVersion: null,
  form: 'bare',
  spec: { ...appJobSpec, ...spec },
  payload: null,
  large: null,
  overwrite: false,
  ...over,
});

export const schedule = (history: History, spec: Partial<AppJobSpec>, over: Partial<Schedule> = {}): DomainEvent[] =>
  history.when(scheduleCommand(spec, over));

export const ofJob = <T extends string>(type: T, name = 'j') => ({ type, app: 'a', name, ifVersion: null }) as const;

export const FAILURE: AttemptFailure = { kind: 'status', msg: 'the app answered 500', status: 500 };

const OUTCOMES = {
  taken: { kind: 'taken' },
  unknown: { kind: 'unknown' },
  failed: { kind: 'failed', failure: FAILURE },
} as const;

/** The app answers an attempt at a run at the present time. */
export function answer(
  history: History,
  outcome: keyof typeof OUTCOMES,
  run = history.state.lastRun,
  attempt = attemptOf(history, run),
): DomainEvent[] {
  const at = iso(history.nowMs);
  const report: ReportDelivery = {
    type: 'report-delivery',
    run,
    attempt,
    startedAt: at,
    finishedAt: at,
    outcome: OUTCOMES[outcome],
  };
  return history.when(report, { actor: 'daybook' });
}

/** The attempt at a run that is awaited. */
const attemptOf = ({ state }: History, run: number) =>
  (state.deadLetters.get(run) ?? state.appRuns.get(run) ?? { failed: 0 }).failed + 1;

type Type = `daybook.app-job.${string}` & keyof EventData;

/** The data of those events that are of a type. */
export const dataOf = <T extends Type>(events: readonly DomainEvent[], type: T): EventData[T][] =>
  events.flatMap((event) => (event.type === type ? [event.data as EventData[T]] : []));

/** The occurrences that fire while time passes in steps, where each run is taken at once; milliseconds after the start. */
export function firings(history: History, stepMs: number, steps: number): number[] {
  const startMs = history.nowMs;
  const fired: number[] = [];
  for (let step = 0; step < steps; step++) {
    let events = history.after(stepMs);
    while (events.length > 0) {
      for (const { run, occurrence } of dataOf(events, 'daybook.app-job.fired')) {
        fired.push(Date.parse(occurrence) - startMs);
        answer(history, 'taken', run);
      }
      events = history.after(0);
    }
  }
  return fired;
}
