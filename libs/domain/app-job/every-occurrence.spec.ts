import fc from 'fast-check';
import type { DomainEvent, EventData } from '../event.js';
import { Refusal } from '../refusal.js';
import { History } from '../testing/given.js';
import { appJobStep } from './testing/app-job-step.js';

const step = fc.oneof(
  appJobStep,
  fc.integer({ min: 0, max: 40_000 }).map((ms) => (history: History) => history.after(ms)),
  fc.constant((history: History) => history.after(3 * 3_600_000)),
);

/** Everything that was decided in a random history. */
const decided = fc.array(step, { minLength: 5, maxLength: 60 }).map((steps) => {
  const history = new History();
  for (const take of steps) {
    try {
      take(history);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return history;
});

type Data<T extends string> = EventData[`daybook.app-job.${T}` & keyof EventData];

/** Where the occurrences of a job that an event tells of begin, and where they go on. */
function chain(event: DomainEvent): { id: number; first: string | null; next: string | null } | null {
  switch (event.type) {
    case 'daybook.app-job.scheduled':
      return { id: event.data.id, first: null, next: event.data.nextRun };
    case 'daybook.app-job.fired': {
      const { id, occurrence, nextRun } = event.data;
      return event.data.trigger === 'schedule' ? { id, first: occurrence, next: nextRun } : null;
    }
    case 'daybook.app-job.skipped':
      return { id: event.data.id, first: event.data.first, next: event.data.nextRun };
    case 'daybook.app-job.replanned':
      return { id: event.data.id, first: null, next: event.data.nextRun };
    default:
      return null;
  }
}

describe('in any history', () => {
  it('each occurrence is in exactly one event, as fired or within the range of a skipped, and none is early', () => {
    fc.assert(
      fc.property(decided, ({ events, nowMs }) => {
        const next = new Map<number, string | null>();
        for (const event of events) {
          const link = chain(event);
          if (!link) continue;
          if (link.first !== null) {
            expect(link.first).toBe(next.get(link.id));
            if (event.type !== 'daybook.app-job.skipped' || event.data.reason !== 'window') {
              expect(Date.parse(link.first)).toBeLessThanOrEqual(nowMs);
            }
          }
          next.set(link.id, link.next);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('runs are numbered without a gap, each comes to one end at most, and what is open stands in the state', () => {
    fc.assert(
      fc.property(decided, ({ events, state }) => {
        const fired = events.flatMap((event) => (event.type === 'daybook.app-job.fired' ? [event.data.run] : []));
        expect(fired).toEqual(fired.map((_, index) => index + 1));
        const open = new Set([...state.appRuns].map(({ run }) => run));
        const delivered = events.flatMap((event) =>
          event.type === 'daybook.app-job.delivered' ? [event.data.run] : [],
        );
        expect(new Set(delivered).size).toBe(delivered.length);
        for (const run of delivered) expect(open.has(run) || state.deadLetters.has(run)).toBe(false);
      }),
    );
  });

  it('attempts at a run follow each other, and end with the one that is taken or given up', () => {
    fc.assert(
      fc.property(decided, ({ events }) => {
        const attempts = new Map<number, number>();
        for (const event of events) {
          if (!/attempt-failed|delivered|given-up/.test(event.type) || event.type.endsWith('redelivered')) continue;
          const { run, attempt } = event.data as Data<'attempt-failed'>;
          expect(attempt).toBe((attempts.get(run) ?? 0) + 1);
          attempts.set(run, attempt);
        }
      }),
    );
  });

  it('no job is due while it is paused, or waits in a queue, and no more of it fires than it says', () => {
    fc.assert(
      fc.property(decided, ({ state }) => {
        const open = [...state.appRuns];
        for (const [{ id }] of state.appJobs.rows()) {
          const job = state.appJobs.get(id)!;
          const runs = open.filter((run) => run.job === id).map(({ run }) => run);
          expect(job.lastRun).toBe(Math.max(0, ...runs));
          expect(job.fired).toBeLessThanOrEqual(job.rules.repeats ?? Infinity);
          expect(state.appJobs.find(job.app, job.name)!.id).toBe(id);
        }
        for (let due = state.appDue.first(); due; due = state.appDue.first()) {
          const job = state.appJobs.get(due.id)!;
          expect(job).toMatchObject({ isPaused: false, nextMs: due.ms });
          expect(job.lastRun === 0 || job.rules.overlap !== 'queue').toBe(true);
          state.appDue.drop(due.id);
        }
      }),
    );
  });
});
