import { COUNT, DATE, listOf, named, objectOf } from '#http';
import type { presentDay } from './present-day.js';

const DAY = named(
  'UsageOfDay',
  objectOf<ReturnType<typeof presentDay>>(
    {
      date: DATE,
      total_nodes: COUNT,
      nodes_with_agent: COUNT,
      nodes_without_agent: COUNT,
      corrective_agent_changes: COUNT,
      intentional_agent_changes: COUNT,
      nodes_affected_by_task_runs: COUNT,
      nodes_affected_by_plan_runs: COUNT,
    },
    [
      'corrective_agent_changes',
      'intentional_agent_changes',
      'nodes_affected_by_task_runs',
      'nodes_affected_by_plan_runs',
    ],
  ),
);

/** The latest day first. */
export const USAGE_OF_DAYS = objectOf<{ items: unknown; pagination: unknown }>({
  items: listOf(DAY),
  pagination: objectOf<{ start_date: unknown; end_date: unknown }>({ start_date: DATE, end_date: DATE }),
});
