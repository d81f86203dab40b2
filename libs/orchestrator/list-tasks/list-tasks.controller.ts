import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { queryOf } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { inEnvironment } from '../task-catalogue/in-environment.js';
import { IN_ENVIRONMENT } from '../task-catalogue/task-catalogue.parameters.js';

@Controller('orchestrator/v1/tasks')
export class ListTasksController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  async listTasks(
    @Query(queryOf(IN_ENVIRONMENT)) { environment }: QueryOf<typeof IN_ENVIRONMENT>,
    @Req() request: FastifyRequest,
  ) {
    const { catalogue, publicUrl } = this.ports;
    const names = await inEnvironment(environment, catalogue.list(environment));
    const links = linksFor(request, publicUrl);
    return {
      environment: { name: environment, code_id: null },
      items: names.map((name) => ({ id: links.task(name), name })),
    };
  }
}
