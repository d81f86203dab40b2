import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import type { QueryOf } from '#http';
import { queryOf } from '#http';
import type { UsageOfDay } from '#read-store';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ReadYourWrites } from '../read-your-writes.js';
import { dateOf, daysOf, USAGE } from './usage.parameters.js';

/** How much is managed and changed, day by day. */
@Controller('orchestrator/v1/usage')
@UseInterceptors(ReadYourWrites)
export class UsageController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  async usage(@Query(queryOf(USAGE)) query: QueryOf<typeof USAGE>) {
    const { clock, queries } = this.ports;
    const { firstDay, lastDay } = daysOf(query, clock.now());
    const days = await queries.usage(firstDay, lastDay);
    return {
      items: days.map((day) => presentDay(day, query.events === 'include')).reverse(),
      pagination: { start_date: dateOf(firstDay), end_date: dateOf(lastDay) },
    };
  }
}

function presentDay({ day, nodes, nodesOfTasks, corrective, intentional }: UsageOfDay, withEvents: boolean) {
  const known = { date: dateOf(day), total_nodes: nodes, nodes_with_agent: nodes, nodes_without_agent: 0 };
  if (!withEvents) return known;
  return {
    ...known,
    corrective_agent_changes: corrective,
    intentional_agent_changes: intentional,
    nodes_affected_by_task_runs: nodesOfTasks,
    nodes_affected_by_plan_runs: 0,
  };
}
