import type { TaskTarget } from '#domain';
import type { Links } from '../links.js';

export function presentTaskTarget(target: TaskTarget, links: Links) {
  const { id, display_name, all_tasks, tasks, nodes, node_groups, pql_query } = target;
  return {
    id: links.below(`scopes/task_targets/${id}`),
    name: String(id),
    display_name,
    ...(!all_tasks && { tasks }),
    all_tasks,
    nodes,
    node_groups,
    ...(pql_query !== null && { pql_query }),
  };
}
