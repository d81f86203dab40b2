import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import type { QueryOf } from '#http';
import { Documents, queryOf, ReadYourWrites } from '#http';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { presentDay } from './present-day.js';
import { dateOf, daysOf, USAGE } from './usage.parameters.js';
import { USAGE_OF_DAYS } from './usage.schema.js';

/** How much is managed and changed, day by day. */
@Controller('orchestrator/v1/usage')
@UseInterceptors(ReadYourWrites)
export class UsageController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'Tell how much was managed and changed, day by day', answer: USAGE_OF_DAYS })
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
