import type { EventData } from '../event.js';
import { msOf } from '../instant.js';
import type { State } from '../state.js';

type Data<E extends string> = EventData[`daybook.app-job.${E}` & keyof EventData];

export function scheduled(state: State, data: Data<'scheduled'>): void {
  const { id, replaces, expires, spec, app, name, form, payload, large, version } = data;
  const { dueTime, schedule, repeats, failurePolicy, overlap, misfire, zone, gap, fold } = spec;
  // Written out: of a million jobs a rest would take a second.
  const rules = { schedule, repeats, failurePolicy, overlap, misfire, zone, gap, fold, hasDueTime: dueTime !== null };
  if (replaces !== null) deleted(state, replaces);
  state.lastAppJob = id;
  const [nextMs, expiresMs] = [msOf(data.nextRun), expires === null ? null : msOf(expires)];
  const said = { id, app, name, form, rules, version };
  state.appJobs.add({ ...said, nextMs, expiresMs, fired: 0, isPaused: false, lastRun: 0 }, { payload, large });
  state.appDue.set(id, nextMs);
}

export function fired(state: State, { id, run, occurrence, trigger, supersedes, nextRun }: Data<'fired'>): void {
  const { appJobs, appRuns } = state;
  if (supersedes) dropRuns(state, id);
  const occurrenceMs = msOf(occurrence);
  const previous = appJobs.numbersOf(id).lastRun;
  state.lastRun = run;
  appRuns.add({ run, job: id, occurrenceMs, failed: 0, plannedMs: occurrenceMs, previous });
  appJobs.setLastRun(id, run);
  if (trigger === 'schedule') appJobs.countFired(id);
  moveOn(state, id, nextRun);
}

export function skipped(state: State, { id, nextRun, endsJob }: Data<'skipped'>): void {
  if (endsJob) deleted(state, id);
  else moveOn(state, id, nextRun);
}

export function attemptFailed(state: State, { run, retryAt }: Data<'attempt-failed'>): void {
  const letter = state.deadLetters.get(run);
  if (!letter) return state.appRuns.failed(run, msOf(retryAt));
  letter.failed++;
  letter.plannedMs = msOf(retryAt);
}

export function delivered(state: State, { id, run, endsJob }: Data<'delivered'>): void {
  if (!state.deadLetters.delete(run)) runEnded(state, id, run, endsJob);
}

export function givenUp(state: State, { id, run, endsJob }: Data<'given-up'>): void {
  const letter = state.deadLetters.get(run);
  if (letter) {
    letter.failed++;
    letter.failedBefore = null;
    return;
  }
  const { app, name, rules } = state.appJobs.get(id)!;
  const { occurrenceMs, failed, plannedMs } = state.appRuns.get(run)!;
  const said = { app, name, failurePolicy: rules.failurePolicy, ...state.appJobs.dataOf(id) };
  state.deadLetters.set(run, {
    run,
    job: id,
    ...said,
    occurrenceMs,
    failed: failed + 1,
    failedBefore: null,
    plannedMs,
  });
  runEnded(state, id, run, endsJob);
}

export function redelivered(state: State, { run }: Data<'redelivered'>): void {
  const letter = state.deadLetters.get(run)!;
  letter.failedBefore = letter.failed;
  letter.plannedMs = state.timeMs;
}

export function paused(state: State, { id, version }: Data<'paused'>): void {
  state.appJobs.setPaused(id, true, version);
  setDue(state, id);
}

export function resumed(state: State, { id, version }: Data<'resumed'>): void {
  state.appJobs.setPaused(id, false, version);
  setDue(state, id);
}

export function replanned(state: State, { id, nextRun }: Data<'replanned'>): void {
  moveOn(state, id, nextRun);
}

export function deleted(state: State, id: number): void {
  dropRuns(state, id);
  state.appJobs.delete(id);
  state.appDue.drop(id);
}

function dropRuns(state: State, id: number): void {
  const { appJobs, appRuns } = state;
  for (let run = appJobs.numbersOf(id).lastRun; run !== 0;) {
    const { previous } = appRuns.get(run)!;
    appRuns.delete(run);
    run = previous;
  }
  appJobs.setLastRun(id, 0);
}

function runEnded(state: State, id: number, ended: number, endsJob: boolean): void {
  const { appJobs, appRuns } = state;
  const { previous } = appRuns.get(ended)!;
  const { lastRun } = appJobs.numbersOf(id);
  if (lastRun === ended) {
    appJobs.setLastRun(id, previous);
  } else {
    let run = lastRun;
    for (let before = appRuns.get(run)!.previous; before !== ended; before = appRuns.get(run)!.previous) run = before;
    appRuns.setPrevious(run, previous);
  }
  appRuns.delete(ended);
  if (endsJob) deleted(state, id);
  else setDue(state, id);
}

function moveOn(state: State, id: number, nextRun: string | null): void {
  state.appJobs.setNext(id, nextRun === null ? null : msOf(nextRun));
  setDue(state, id);
}

/** What is paused does not fall due, nor what waits for the end of a run. */
export function setDue({ appJobs, appDue }: State, id: number): void {
  const { nextMs, isPaused, lastRun } = appJobs.numbersOf(id);
  const waits = lastRun !== 0 && appJobs.rulesOf(id).overlap === 'queue';
  if (nextMs === null || isPaused || waits) appDue.drop(id);
  else appDue.set(id, nextMs);
}
