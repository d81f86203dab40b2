import type { NodeState } from '#domain';

const MESSAGES: Readonly<Record<NodeState, (task: string, node: string) => string>> = {
  new: (task, node) => `Task ${task} has not started on ${node}`,
  running: (task, node) => `Started task ${task} on ${node}...`,
  finished: (task, node) => `Finished task ${task} on ${node}`,
  failed: (task, node) => `Task ${task} failed on ${node}`,
  errored: (task, node) => `Error running task ${task} on ${node}`,
  skipped: (task, node) => `Skipped task ${task} on ${node}`,
};

/** What happened on a node, in one line for people. `reason` says why where there is one. */
export function nodeMessage(state: NodeState, task: string, node: string, reason: string | null): string {
  const message = MESSAGES[state](task, node);
  return reason === null ? message : `${message}: ${reason}`;
}
