import type { Command } from '../command.js';
import type { Spec } from '../job/events.js';
import { rulesOf } from '../node-group/node-groups.js';
import { Refusal } from '../refusal.js';
import { resolveScope } from '../resolve.js';
import type { Resolver } from '../resolve.js';
import type { Scope } from '../scope.js';
import type { PlanJob, State } from '../state.js';
import type { Actor } from './actor.js';
import type { TaskTarget } from './events.js';
import { EVERYTHING, permission, permits } from './permission.js';
import type { Permission } from './permission.js';

/** What every command of the orchestrator needs; with it jobs may be stopped too. */
export const VIEW = permission('orchestrator', 'view');

type Permissions = readonly Permission[];

/** @throws Refusal when these permissions do not allow it */
export function demandPermission(held: Permissions, wanted: Permission): void {
  if (!permits(held, wanted)) throw new Refusal({ code: 'not-permitted', permission: wanted });
}

/** What a command needs, whatever it is about. @throws Refusal when the actor does not have it */
export function authorize({ permissions }: Actor, command: Command): void {
  switch (command.type) {
    case 'create-job':
    case 'schedule-job':
    case 'edit-scheduled-job':
    case 'delete-scheduled-job':
    case 'stop-job':
    case 'create-plan-job':
    case 'end-plan-job':
    case 'stop-plan-job':
      return demandPermission(permissions, VIEW);
    case 'define-node-group':
    case 'delete-node-group':
      return demandPermission(permissions, permission('node_groups', 'modify_children'));
    case 'ask-position':
    case 'create-user':
    case 'update-user':
    case 'define-role':
    case 'delete-role':
    case 'issue-token':
    case 'revoke-tokens':
    case 'create-task-target':
      // What these need depends on what they are about.
      return;
    default:
      return demandPermission(permissions, EVERYTHING);
  }
}

/** A schedule runs with the rights of its owner, so nobody else decides what it runs. @throws Refusal */
export function demandEditing({ subject, permissions }: Actor, owner: string): void {
  if (subject !== owner) demandPermission(permissions, EVERYTHING);
}

/** A plan is told of by whoever runs it: Daybook, or elsewhere its owner. @throws Refusal when that is not the actor */
export function demandRunning(actor: Actor, { id, owner, runsElsewhere }: PlanJob): void {
  if (actor.subject === null) return;
  if (!runsElsewhere) throw new Refusal({ code: 'plan-runs-here', id });
  demandEditing(actor, owner);
}

/** @throws Refusal when the scheduled job is neither the actor's own nor one of those that he may delete */
export function demandDeleting({ subject, permissions }: Actor, id: number, owner: string): void {
  if (subject === owner || permits(permissions, permission('scheduled_jobs', 'delete', owner))) return;
  throw new Refusal({ code: 'not-permitted-to-delete', id });
}

/**
 * The nodes of a scope on which it may run with these permissions; the others are left out.
 * @throws Refusal when none is left, it may not run at all, or the scope holds no node that can be found
 */
export function permittedNodes(
  state: State,
  held: Permissions,
  { spec, scope }: { readonly spec: Spec; readonly scope: Scope },
  resolver: Resolver,
): readonly string[] {
  if (spec.command === 'deploy') demandPermission(held, permission('puppet_agent', 'run'));
  demandScope(held, scope);
  const nodes = resolveScope(state, scope, spec.environment, resolver);
  if (spec.command !== 'task') return nodes;
  const wanted = permission('tasks', 'run', spec.task);
  if (permits(held, wanted)) return nodes;
  const targets = [...state.access.taskTargets.values()].filter(
    ({ id, all_tasks, tasks }) =>
      (all_tasks || tasks.includes(spec.task)) &&
      permits(held, permission('tasks', 'run_with_constraints', String(id))),
  );
  const allowed = new Set(targets.flatMap((target) => nodesOf(state, target, resolver)));
  const left = nodes.filter((node) => allowed.has(node));
  if (left.length === 0) throw new Refusal({ code: 'not-permitted', permission: wanted });
  return left;
}

/** @throws Refusal when nodes may not be found in this way */
export function demandScope(held: Permissions, scope: Scope): void {
  if ('query' in scope) demandPermission(held, permission('nodes', 'view_data'));
  if ('node_group' in scope) demandPermission(held, permission('node_groups', 'view', scope.node_group));
}

function nodesOf(state: State, { nodes, node_groups, pql_query: query }: TaskTarget, resolver: Resolver): string[] {
  const found = node_groups.map((id) => () => resolver.byRules(rulesOf(state, id), state.nodes.list));
  if (query !== null) found.push(() => resolver.byQuery(query, state.nodes.list));
  return [...nodes, ...found.flatMap(orNone)];
}

/** What cannot be found, or not any more, allows nothing. */
function orNone(find: () => readonly string[]): readonly string[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
