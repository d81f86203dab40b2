import type { JobRow } from '#read-store';
import { toSeconds } from '#http';

type Times = Pick<JobRow, 'state' | 'createdAt' | 'startedAt' | 'stoppingAt' | 'finishedAt'>;

/** The states that a job went through, each until it entered the next; the last one has no exit time. */
export function presentStatus(job: Times) {
  const entered = [
    { state: 'new', time: job.createdAt },
    { state: 'ready', time: job.createdAt },
    { state: 'running', time: job.startedAt },
    { state: 'stopping', time: job.stoppingAt },
    { state: job.state, time: job.finishedAt },
  ].flatMap(({ state, time }) => (time === null ? [] : [{ state, time: toSeconds(time) }]));
  return entered.map(({ state, time }, i) => ({
    state,
    enter_time: time,
    exit_time: entered[i + 1]?.time ?? null,
  }));
}
