import type { NodeState } from '#domain';
import type { ShownSpec } from '#read-store';

type Messages = Readonly<Record<NodeState, (what: string, node: string) => string>>;

const OF_TASKS: Messages = {
  new: (task, node) => `Task ${task} has not started on ${node}`,
  running: (task, node) => `Started task ${task} on ${node}...`,
  finished: (task, node) => `Finished task ${task} on ${node}`,
  failed: (task, node) => `Task ${task} failed on ${node}`,
  errored: (task, node) => `Error running task ${task} on ${node}`,
  skipped: (task, node) => `Skipped task ${task} on ${node}: the job was stopped`,
};

const OF_DEPLOYS: Messages = {
  new: (_, node) => `Puppet run has not started on ${node}`,
  running: (_, node) => `Started puppet run on ${node}...`,
  finished: (_, node) => `Finished puppet run on ${node} - Success!`,
  failed: (_, node) => `Finished puppet run on ${node} - Failure!`,
  errored: (_, node) => `Error running puppet on ${node}`,
  skipped: (_, node) => `Skipped puppet run on ${node}: the job was stopped`,
};

/** What happened on a node, in one line for people. `reason` says why where there is one. */
export function nodeMessage(state: NodeState, spec: ShownSpec, node: string, reason: string | null): string {
  const message = spec.command === 'task' ? OF_TASKS[state](spec.task, node) : OF_DEPLOYS[state]('', node);
  return reason === null ? message : `${message}: ${reason}`;
}
