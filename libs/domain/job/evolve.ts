import type { EventData } from '../event.js';
import { stepTaken } from '../plan-job/evolve.js';
import type { Job, State } from '../state.js';
import type { NodeState } from './events.js';
import { JobNodes } from './job-nodes.js';

export function created(state: State, data: EventData['daybook.job.created']): void {
  state.lastJob = data.id;
  state.jobs.set(data.id, {
    id: data.id,
    spec: data.spec,
    userdata: data.userdata,
    nodes: new JobNodes(data.nodes),
    counts: { new: data.nodes.length, running: 0, finished: 0, failed: 0, errored: 0, skipped: 0 },
    planJob: data.planJob?.id ?? null,
    isStarted: false,
    isStopping: false,
    isForced: false,
  });
  const step = data.planJob?.step ?? null;
  if (step !== null) stepTaken(state, { id: data.planJob!.id, step });
}

export function started(state: State, data: EventData['daybook.job.started']): void {
  state.jobs.get(data.id)!.isStarted = true;
}

export function stopping(state: State, data: EventData['daybook.job.stopping']): void {
  const job = state.jobs.get(data.id)!;
  job.isStopping = true;
  job.isForced ||= data.force;
  if (job.counts.new > 0) state.unskipped.add(data.id);
}

export function finished(state: State, data: EventData['daybook.job.finished']): void {
  state.jobs.delete(data.id);
}

export function nodeStarted(state: State, data: EventData['daybook.job.node-started']): void {
  const job = state.jobs.get(data.id)!;
  enter(state, job, data.node, 'running');
  job.nodes.get(data.node)!.startedAt = data.startedAt;
}

export function nodeEnded(
  state: State,
  data: { readonly id: number; readonly node: string },
  end: 'finished' | 'failed' | 'errored' | 'skipped',
): void {
  enter(state, state.jobs.get(data.id)!, data.node, end);
}

function enter(state: State, job: Job, node: string, next: NodeState): void {
  const progress = job.nodes.get(node)!;
  job.counts[progress.state]--;
  job.counts[next]++;
  progress.state = next;
  if (job.counts.new === 0) state.unskipped.delete(job.id);
}
