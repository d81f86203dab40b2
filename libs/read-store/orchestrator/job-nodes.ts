import type { NodeState } from '#domain';

import type { EventOf, Projection } from '../projection.js';
import { update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { jobEvent } from './jobs.js';
import { plainText } from './plain-text.js';

type Folds = Projection['on'];
type NodeEvent = EventOf<`daybook.job.node-${'started' | 'finished' | 'failed' | 'errored' | 'skipped'}`>;
type Ended = EventOf<`daybook.job.node-${'finished' | 'failed'}`>;

export const jobNodeFolds = {
  'daybook.job.node-started': (event) => [
    ...enter(event, 'new', 'running', { started_at: Date.parse(event.data.startedAt) }),
    jobEvent(event, 'node_running', { node: plainText(event.data.node) }),
  ],
  'daybook.job.node-finished': (event) => end(event, 'finished'),
  'daybook.job.node-failed': (event) => end(event, 'failed'),
  'daybook.job.node-errored': (event) => {
    const { startedAt, error, node } = event.data;
    const times = {
      started_at: startedAt === null ? null : Date.parse(startedAt),
      finished_at: Date.parse(event.time),
    };
    return [
      ...enter(event, startedAt === null ? 'new' : 'running', 'errored', times),
      jobEvent(event, 'node_errored', { node: plainText(node), detail: JSON.stringify(error) }),
    ];
  },
  'daybook.job.node-skipped': (event) => [
    ...enter(event, 'new', 'skipped', {}),
    jobEvent(event, 'node_skipped', { node: plainText(event.data.node) }),
  ],
} satisfies Partial<Folds>;

function end(event: Ended, state: 'finished' | 'failed'): readonly Operation[] {
  const { startedAt, finishedAt, node, result, large } = event.data;
  return [
    ...enter(event, 'running', state, { started_at: Date.parse(startedAt), finished_at: Date.parse(finishedAt) }),
    jobEvent(event, `node_${state}`, {
      node: plainText(node),
      detail: JSON.stringify(result),
      large: large === null ? null : JSON.stringify(large),
    }),
  ];
}

/** The node goes from one state to another, and so do the counts of its job. */
function enter(
  { id, time, data }: NodeEvent,
  from: 'new' | 'running',
  to: NodeState,
  times: { readonly started_at?: number | null; readonly finished_at?: number },
): readonly Operation[] {
  const key = { job: data.id, name: plainText(data.node) };
  return [
    update('job_nodes', key, { state: to, changed_at: Date.parse(time), latest_event: Number(id), ...times }),
    update('jobs', { id: data.id }, {}, { [`nodes_${from}`]: -1, [`nodes_${to}`]: 1 }),
  ];
}
