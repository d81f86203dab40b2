import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { callerOf, Documents, queryOf } from '#http';
import { linksFor } from '../links.js';
import { mayRun } from '../plan-catalogue/may-run.js';
import { planNameSegment } from '../plan-catalogue/plan-name-segment.js';
import { planOr404 } from '../plan-catalogue/plan-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { IN_ENVIRONMENT, nameSegment } from '../task-catalogue/task-catalogue.parameters.js';
import { PLAN } from './plan.schema.js';
import { presentPlan } from './present-plan.js';

@Controller('orchestrator/v1/plans')
export class GetPlanController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get(':module/:plan')
  @Documents({ summary: 'Show a plan', answer: PLAN, example: { module: 'facts', plan: 'info' } })
  async getPlan(
    @Param('module', nameSegment) module: string,
    @Param('plan', planNameSegment) own: string,
    @Query(queryOf(IN_ENVIRONMENT)) { environment }: QueryOf<typeof IN_ENVIRONMENT>,
    @Req() request: FastifyRequest,
  ) {
    const { plans, publicUrl } = this.ports;
    const name = own === 'init' ? module : `${module}::${own}`;
    const plan = await planOr404(plans, environment, name);
    const permitted = mayRun(callerOf(request).permissions, name);
    return presentPlan(plan, environment, permitted, linksFor(request, publicUrl));
  }
}
