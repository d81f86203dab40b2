import type { EventData } from '../event.js';
import { msOf } from '../instant.js';
import type { Schedule } from '../schedules.js';
import type { State } from '../state.js';
import { whatOf } from './what-runs.js';

export function scheduled(state: State, data: EventData['daybook.scheduled-job.scheduled']): void {
  const nextMs = msOf(data.nextRun);
  state.lastScheduledJob = data.id;
  state.schedules.add({
    id: data.id,
    ...whatOf(data),
    owner: data.owner,
    description: data.description,
    userdata: data.userdata,
    intervalMs: inMs(data.intervalS),
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

export function edited(state: State, data: EventData['daybook.scheduled-job.edited']): void {
  const { id, description, userdata, timing } = data;
  const present = state.schedules.get(id)!;
  const intervalMs = timing === null ? present.intervalMs : inMs(timing.intervalS);
  const nextMs = msOf(data.nextRun);
  state.schedules.delete(id);
  state.schedules.add({ ...present, ...whatOf(data), description, userdata, intervalMs, nextMs });
  state.due.set(id, nextMs);
}

export function resealed(state: State, { id, sealed }: EventData['daybook.scheduled-job.resealed']): void {
  const present = state.schedules.get(id)!;
  if (present.spec.command === 'deploy') return;
  state.schedules.delete(id);
  state.schedules.add({ ...present, spec: { ...present.spec, sealed } } as Schedule);
}

export function deleted(state: State, data: EventData['daybook.scheduled-job.deleted']): void {
  state.schedules.delete(data.id);
  state.due.drop(data.id);
}

const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);

function moveOn(state: State, id: number, nextRun: string | null): void {
  if (nextRun === null) {
    deleted(state, { id });
    return;
  }
  const nextMs = msOf(nextRun);
  state.schedules.setNext(id, nextMs);
  state.due.set(id, nextMs);
}
