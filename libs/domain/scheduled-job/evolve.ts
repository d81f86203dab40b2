import type { EventData } from '../event.js';
import { msOf } from '../instant.js';
import type { State } from '../state.js';

export function scheduled(state: State, data: EventData['daybook.scheduled-job.scheduled']): void {
  const nextMs = msOf(data.nextRun);
  state.lastScheduledJob = data.id;
  state.schedules.add({
    id: data.id,
    spec: data.spec,
    nodes: data.nodes,
    owner: data.owner,
    description: data.description,
    intervalMs: data.intervalS === null ? null : data.intervalS * 1000,
    nextMs,
    lastJob: null,
  });
  state.due.set(data.id, nextMs);
}

export function fired(state: State, data: EventData['daybook.scheduled-job.fired']): void {
  state.schedules.setLastJob(data.id, data.job);
  moveOn(state, data.id, data.nextRun);
}

export function skipped(state: State, data: EventData['daybook.scheduled-job.skipped']): void {
  moveOn(state, data.id, data.nextRun);
}

export function deleted(state: State, data: EventData['daybook.scheduled-job.deleted']): void {
  state.schedules.delete(data.id);
  state.due.drop(data.id);
}

function moveOn(state: State, id: number, nextRun: string | null): void {
  if (nextRun === null) {
    deleted(state, { id });
    return;
  }
  const nextMs = msOf(nextRun);
  state.schedules.setNext(id, nextMs);
  state.due.set(id, nextMs);
}
