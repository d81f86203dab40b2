import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { callerOf, Documents, FLAG, LINK, listOf, objectOf, queryOf, TEXT } from '#http';
import { linksFor } from '../links.js';
import { mayRun } from '../plan-catalogue/may-run.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { inEnvironment } from '../task-catalogue/in-environment.js';
import { IN_ENVIRONMENT } from '../task-catalogue/task-catalogue.parameters.js';
import { ENVIRONMENT_REFERENCE } from '../task-catalogue/task-catalogue.schema.js';

const PLANS = objectOf<{ environment: unknown; items: unknown }>({
  environment: ENVIRONMENT_REFERENCE,
  items: listOf(objectOf<Record<'id' | 'name' | 'permitted', unknown>>({ id: LINK, name: TEXT, permitted: FLAG })),
});

@Controller('orchestrator/v1/plans')
export class ListPlansController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'List the plans of an environment', answer: PLANS, example: { environment: 'production' } })
  async listPlans(
    @Query(queryOf(IN_ENVIRONMENT)) { environment }: QueryOf<typeof IN_ENVIRONMENT>,
    @Req() request: FastifyRequest,
  ) {
    const { plans, publicUrl } = this.ports;
    const names = await inEnvironment(environment, plans.list(environment));
    const links = linksFor(request, publicUrl);
    const { permissions } = callerOf(request);
    return {
      environment: { name: environment, code_id: null },
      items: names.map((name) => ({ id: links.plan(name), name, permitted: mayRun(permissions, name) })),
    };
  }
}
