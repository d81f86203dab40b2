import type { UserCommand } from '../command.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { Json } from '../json.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { NodeGroup } from './events.js';

const ALL_NODES_ID = '00000000-0000-4000-8000-000000000000';

/** The topmost group, which always exists. */
export const ALL_NODES: NodeGroup = {
  id: ALL_NODES_ID,
  name: 'All Nodes',
  description: '',
  parent: ALL_NODES_ID,
  rule: ['~', 'name', '.*'],
};

export function defineNodeGroup(
  state: State,
  { group }: Extract<UserCommand, { type: 'define-node-group' }>,
): Decision {
  const refuse = (problem: string) => new Refusal({ code: 'node-group-conflict', id: group.id, problem });
  if (group.id === ALL_NODES_ID) throw refuse('it is the topmost group, which stays as it is');
  if (!state.nodeGroups.has(group.parent))
    throw refuse(`its parent is '${group.parent}', expected a group that exists`);
  if (lineage(state, group.parent).some(({ id }) => id === group.id)) {
    throw refuse(`its parent is '${group.parent}', expected none that is below it`);
  }
  const namesake = [...state.nodeGroups.values()].find(({ id, name }) => name === group.name && id !== group.id);
  if (namesake) throw refuse(`its name is '${group.name}', expected one that group ${namesake.id} does not have`);
  if (JSON.stringify(state.nodeGroups.get(group.id)) === JSON.stringify(group)) return NOTHING;
  return { events: [{ type: 'daybook.node-group.defined', data: group }], answer: DONE };
}

export function deleteNodeGroup(state: State, { id }: Extract<UserCommand, { type: 'delete-node-group' }>): Decision {
  if (!state.nodeGroups.has(id)) throw new Refusal({ code: 'no-such-node-group', id });
  if (id === ALL_NODES_ID) {
    throw new Refusal({ code: 'node-group-conflict', id, problem: 'it is the topmost group, which always exists' });
  }
  const child = [...state.nodeGroups.values()].find(({ parent }) => parent === id);
  if (child) throw new Refusal({ code: 'node-group-conflict', id, problem: `group ${child.id} is below it` });
  return { events: [{ type: 'daybook.node-group.deleted', data: { id } }], answer: DONE };
}

/** A group and those above it, up to the topmost. */
function lineage(state: State, id: string): NodeGroup[] {
  const group = state.nodeGroups.get(id);
  if (!group) return [];
  return group.parent === id ? [group] : [group, ...lineage(state, group.parent)];
}

/**
 * The rules that a node of the group matches.
 * @throws Refusal when there is no such group, or it has no rule of its own
 */
export function rulesOf(state: State, id: string): readonly (readonly Json[])[] {
  if (!state.nodeGroups.get(id)?.rule) throw new Refusal({ code: 'unknown-node-group', id });
  return lineage(state, id).flatMap(({ rule }) => (rule === null ? [] : [rule]));
}
