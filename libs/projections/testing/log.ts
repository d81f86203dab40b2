import { randomUUID } from 'node:crypto';

import type { RecordedEvent } from '#domain';
import { LOG_START } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';

import { History } from '../../read-store/testing/history.js';

/** Appends events to a log, each batch as one commit, and answers the place that the log has reached. */
export async function appendEvents(
  log: EventLog,
  batches: readonly (readonly RecordedEvent[])[],
  after: LogPosition = LOG_START,
): Promise<LogPosition> {
  let position = after;
  for (const events of batches.filter((batch) => batch.length > 0)) {
    const commit = {
      id: randomUUID(),
      firstNumber: position.number + 1,
      lastNumber: position.number + events.length,
      payload: Buffer.from(JSON.stringify(events)),
    };
    const verdict = await log.append(commit, position);
    if (verdict.kind !== 'stored') throw new Error(`the commit after event ${position.number} is ${verdict.kind}`);
    position = verdict.position;
  }
  return position;
}

/** A history of jobs with a node each, in commits of three events. */
export function jobHistory(count: number): RecordedEvent[][] {
  const written = new History().subject('admin', 'admin');
  for (let id = 1; id <= count; id++) addJob(written, id);
  return inCommits(written.events);
}

/** A job that runs on a node and ends. */
export function addJob(written: History, id: number): void {
  written.job(id).add('daybook.job.started', { id });
  written.start(id, 'n1').end(id, 'n1', 'finished').add('daybook.job.finished', { id, state: 'finished' });
}

export function inCommits(events: readonly RecordedEvent[]): RecordedEvent[][] {
  return Array.from({ length: Math.ceil(events.length / 3) }, (_, i) => events.slice(i * 3, i * 3 + 3));
}
