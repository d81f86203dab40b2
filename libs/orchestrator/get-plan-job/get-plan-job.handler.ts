import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobTimes, PlanJobRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { planJobOr404 } from '../plan-job/plan-job-or-404.js';
import { wholePlanJob } from '../plan-job/whole-plan-job.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetPlanJob extends Query<{ readonly planJob: PlanJobRow; readonly jobs: readonly JobTimes[] }> {
  constructor(
    readonly world: World,
    readonly id: number,
  ) {
    super();
  }
}

@QueryHandler(GetPlanJob)
export class GetPlanJobHandler implements IQueryHandler<GetPlanJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ world: { queries }, id }: GetPlanJob) {
    const planJob = await wholePlanJob(await planJobOr404(queries, id), this.ports.largeValues);
    return { planJob, jobs: await queries.jobsOfPlan(id) };
  }
}
