import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import { demand } from './actor.js';
import type { Actor } from './actor.js';
import type { AccessCommandOf } from './commands.js';
import { permission } from './permission.js';

/** Names a part of the nodes, for roles that allow tasks only there. */
export function createTaskTarget(
  { access }: State,
  { target }: AccessCommandOf<'create-task-target'>,
  actor: Actor,
): Decision {
  demand(actor, permission('user_roles', 'edit'));
  const id = access.taskTargets.size + 1;
  return {
    events: [{ type: 'daybook.task-target.created', data: { id, ...target } }],
    answer: { kind: 'task-target-created', taskTarget: id },
  };
}
