import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';

/** Nodes that a job may have. */
export const MAX_NODES = 15_000;

/** Names of nodes together, in bytes of UTF-8; with the rest of its event they must fit in one commit. */
export const MAX_NODES_BYTES = 600_000;

export function runTask(state: State, command: Extract<UserCommand, { type: 'run-task' }>): Decision {
  checkNodes(command.nodes);
  const { spec, nodes, owner, description, userdata } = command;
  const id = state.lastJob + 1;
  return {
    events: [
      {
        type: 'daybook.job.created',
        data: { id, command: 'task', spec, nodes, owner, description, scheduledJob: null, userdata },
      },
    ],
    answer: { kind: 'created', job: id },
  };
}

/** Whether a job may have these nodes. @throws Refusal when there is no node or there are too many */
export function checkNodes(nodes: readonly string[]): void {
  if (nodes.length === 0) throw new Refusal({ code: 'empty-target' });
  const bytes = new TextEncoder().encode(nodes.join('')).length;
  if (nodes.length > MAX_NODES || bytes > MAX_NODES_BYTES) {
    throw new Refusal({
      code: 'too-many-nodes',
      nodes: nodes.length,
      bytes,
      limit: `${MAX_NODES} nodes with names of ${MAX_NODES_BYTES} bytes together`,
    });
  }
}
