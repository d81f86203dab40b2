import type { UsageOfDay } from '#read-store';
import { dateOf } from './usage.parameters.js';

/** A day as the API shows it. */
export function presentDay(usage: UsageOfDay, withEvents: boolean) {
  const { day, nodes, nodesOfTasks, nodesOfPlans, corrective, intentional } = usage;
  const known = { date: dateOf(day), total_nodes: nodes, nodes_with_agent: nodes, nodes_without_agent: 0 };
  if (!withEvents) return known;
  return {
    ...known,
    corrective_agent_changes: corrective,
    intentional_agent_changes: intentional,
    nodes_affected_by_task_runs: nodesOfTasks,
    nodes_affected_by_plan_runs: nodesOfPlans,
  };
}
