import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { ApiError } from '#http';
import type { PlanJobEventRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { planJobOr404 } from '../plan-job/plan-job-or-404.js';
import type { EventPlanJob } from '../plan-job/present-plan-job-event.js';
import { wholePlanJobEvent } from '../plan-job/whole-plan-job-event.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetPlanJobEvent extends Query<readonly [PlanJobEventRow, EventPlanJob]> {
  constructor(
    readonly world: World,
    readonly id: number,
    /** Event number. */
    readonly event: number,
  ) {
    super();
  }
}

@QueryHandler(GetPlanJobEvent)
export class GetPlanJobEventHandler implements IQueryHandler<GetPlanJobEvent> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ world: { queries }, id, event }: GetPlanJobEvent) {
    const planJob = await planJobOr404(queries, id);
    const row = await queries.planJobEvent(id, event);
    if (!row) {
      throw new ApiError(
        'mismatched-job-event-id',
        `Event ${event} is none of plan job ${id}, expected one of its own`,
        {
          plan_job: String(id),
          event: String(event),
        },
      );
    }
    return wholePlanJobEvent(row, planJob, this.ports.largeValues);
  }
}
