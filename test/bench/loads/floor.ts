import { setTimeout as delay } from 'node:timers/promises';
import { LOG_START, recordEvent } from '#event-log';
import type { EventLog } from '#event-log';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { commitOf } from '../seed/write-log.js';
import { quantile } from '../statistics.js';
import { startWatcher } from '../watcher.js';
import type { DueTimes } from './lateness.js';

const COMMIT_EVENTS = 1000;

/** The bare loop beside a load of lateness: what is due is published as one commit, and its ack is waited for. */
export const floor =
  (key: string, times: DueTimes): Load =>
  async (bench: Bench) => {
    const count = bench.count(times.count);
    const { address, log } = await openBareLog(bench, bench.newFolder());
    const watcher = await startWatcher(bench, { broker: address, type: 'daybook.scheduled-job.fired', count });
    const firstMs = Date.now() + bench.spanMs(2000);
    const dueMs = Array.from({ length: count }, (_, index) => firstMs + times.afterMs(index));
    await publishWhenDue(log, dueMs);
    const { latenessMs } = await watcher.next();
    return { [key]: quantile(latenessMs, 0.99) };
  };

async function publishWhenDue(log: EventLog, dueMs: readonly number[]): Promise<void> {
  const texts = dueMs.map((ms, index) => firedText(log, index + 1, new Date(ms).toISOString()));
  let position = LOG_START;
  while (position.number < dueMs.length) {
    const waitMs = dueMs[position.number]! - Date.now();
    if (waitMs > 0) await delay(waitMs);
    const nowMs = Date.now();
    const most = dueMs.slice(position.number, position.number + COMMIT_EVENTS);
    const isLater = most.findIndex((ms) => ms > nowMs);
    const length = isLater === -1 ? most.length : isLater;
    if (length === 0) continue;
    const due = texts.slice(position.number, position.number + length);
    const verdict = await log.append(commitOf(position.number + 1, due), position);
    if (verdict.kind !== 'stored') throw new Error('a commit was fenced, expected to be the only writer');
    position = verdict.position;
  }
}

function firedText(log: EventLog, number: number, occurrence: string): string {
  const cause = `scheduled-job/${number}/${occurrence}`;
  return JSON.stringify(
    recordEvent(
      { type: 'daybook.scheduled-job.fired', data: { id: number, occurrence, job: number, nextRun: null } },
      {
        source: `/daybook/${log.streamId}/0`,
        number,
        time: occurrence,
        actor: 'daybook',
        correlationId: cause,
        causationId: cause,
      },
    ),
  );
}
