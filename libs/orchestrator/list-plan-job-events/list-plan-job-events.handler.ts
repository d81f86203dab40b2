import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PlanJobEventRow, PlanJobRow } from '#read-store';
import { planJobOr404 } from '../plan-job/plan-job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListPlanJobEvents extends Query<{
  readonly planJob: PlanJobRow;
  readonly events: AsyncIterable<readonly PlanJobEventRow[]>;
}> {
  constructor(
    readonly id: number,
    readonly start: number,
  ) {
    super();
  }
}

@QueryHandler(ListPlanJobEvents)
export class ListPlanJobEventsHandler implements IQueryHandler<ListPlanJobEvents> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, start }: ListPlanJobEvents) {
    const planJob = await planJobOr404(this.ports.queries, id);
    return { planJob, events: this.ports.queries.planJobEvents(id, start) };
  }
}
