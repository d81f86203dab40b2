import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { RecordedEvent } from '#domain';
import type { EventLog } from '#event-log';

/** Seconds between the instant that was due and the decision. */
const LATENESS_S = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 30, 120, 600, 3600];
const COMMIT_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const COMMIT_EVENTS = [1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000];
const COMMIT_BYTES = [500, 1000, 5000, 10_000, 50_000, 100_000, 300_000, 600_000, 900_000];

/** What the writer's thread measures. */
export interface WriterMetrics {
  /** Counts what became of things in a commit that was stored. */
  readonly note: (events: readonly RecordedEvent[]) => void;
  /** The same log, whose appends are measured. */
  readonly measured: (log: EventLog) => EventLog;
}

/** @param queued asked for when the metrics are read: commands and reports that wait to be decided, by lane */
export function writerMetrics(registry: Registry, queued: () => Readonly<Record<string, number>>): WriterMetrics {
  const registers = [registry];
  const lateness = new Histogram({
    name: 'daybook_lateness_seconds',
    help: 'From the instant that an occurrence was due to the decision that it fires.',
    labelNames: ['of'],
    buckets: LATENESS_S,
    registers,
  });
  const occurrences = new Counter({
    name: 'daybook_occurrences_total',
    help: 'Occurrences that fired, or were skipped for a reason; a skipped range counts as many as it has.',
    labelNames: ['of', 'outcome', 'reason'],
    registers,
  });
  const runs = new Counter({
    name: 'daybook_node_runs_total',
    help: 'Runs on nodes that have come to their end.',
    labelNames: ['outcome'],
    registers,
  });
  const deliveries = new Counter({
    name: 'daybook_delivery_attempts_total',
    help: 'Attempts to call an app back, by what came of them.',
    labelNames: ['outcome'],
    registers,
  });
  const commitSeconds = new Histogram({
    name: 'daybook_commit_seconds',
    help: 'From a commit to its verdict.',
    buckets: COMMIT_S,
    registers,
  });
  const commitEvents = new Histogram({
    name: 'daybook_commit_events',
    help: 'Events of a commit.',
    buckets: COMMIT_EVENTS,
    registers,
  });
  const commitBytes = new Histogram({
    name: 'daybook_commit_bytes',
    help: 'Bytes of a commit.',
    buckets: COMMIT_BYTES,
    registers,
  });
  const conflicts = new Counter({
    name: 'daybook_commit_conflicts_total',
    help: 'Commits in whose place stood another one.',
    registers,
  });
  new Gauge({
    name: 'daybook_queued',
    help: 'Commands and reports that wait to be decided.',
    labelNames: ['lane'],
    registers,
    collect() {
      for (const [lane, length] of Object.entries(queued())) this.set({ lane }, length);
    },
  });

  function fired(of: string, occurrence: string, time: string): void {
    lateness.observe({ of }, Math.max(0, Date.parse(time) - Date.parse(occurrence)) / 1000);
    occurrences.inc({ of, outcome: 'fired', reason: '' });
  }

  function noteOne(event: RecordedEvent): void {
    switch (event.type) {
      case 'daybook.scheduled-job.fired':
        return fired('scheduled-job', event.data.occurrence, event.time);
      case 'daybook.app-job.fired':
        return event.data.trigger === 'schedule' ? fired('app-job', event.data.occurrence, event.time) : undefined;
      case 'daybook.scheduled-job.skipped':
      case 'daybook.app-job.skipped': {
        const of = event.type === 'daybook.app-job.skipped' ? 'app-job' : 'scheduled-job';
        return occurrences.inc({ of, outcome: 'skipped', reason: event.data.reason }, event.data.count);
      }
      case 'daybook.job.node-finished':
      case 'daybook.job.node-failed':
      case 'daybook.job.node-errored':
      case 'daybook.job.node-skipped':
        return runs.inc({ outcome: event.type.slice('daybook.job.node-'.length) });
      case 'daybook.app-job.delivered':
        return deliveries.inc({ outcome: event.data.isUnknownToApp ? 'unknown-to-app' : 'delivered' });
      case 'daybook.app-job.attempt-failed':
        return deliveries.inc({ outcome: 'failed' });
      case 'daybook.app-job.given-up':
        return deliveries.inc({ outcome: 'given-up' });
      default:
    }
  }

  return {
    note: (events) => events.forEach(noteOne),
    measured: (log) => ({
      ...log,
      async append(commit, after, options) {
        const startMs = performance.now();
        const verdict = await log.append(commit, after, options);
        commitSeconds.observe((performance.now() - startMs) / 1000);
        commitEvents.observe(commit.lastNumber - commit.firstNumber + 1);
        commitBytes.observe(commit.payload.length);
        if (verdict.kind === 'fenced') conflicts.inc();
        return verdict;
      },
    }),
  };
}
