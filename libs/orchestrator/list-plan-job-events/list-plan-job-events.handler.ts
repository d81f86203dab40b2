import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PlanJobEventRow, PlanJobRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { planJobOr404 } from '../plan-job/plan-job-or-404.js';

export class ListPlanJobEvents extends Query<{
  readonly planJob: PlanJobRow;
  readonly events: AsyncIterable<readonly PlanJobEventRow[]>;
}> {
  constructor(
    readonly world: World,
    readonly id: number,
    readonly start: number,
  ) {
    super();
  }
}

@QueryHandler(ListPlanJobEvents)
export class ListPlanJobEventsHandler implements IQueryHandler<ListPlanJobEvents> {
  async execute({ world: { queries }, id, start }: ListPlanJobEvents) {
    const planJob = await planJobOr404(queries, id);
    return { planJob, events: queries.planJobEvents(id, start) };
  }
}
