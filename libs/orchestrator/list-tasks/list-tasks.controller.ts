import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, listOf, objectOf, queryOf } from '#http';
import { ENTRY } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { inEnvironment } from '../task-catalogue/in-environment.js';
import { IN_ENVIRONMENT } from '../task-catalogue/task-catalogue.parameters.js';
import { ENVIRONMENT_REFERENCE } from '../task-catalogue/task-catalogue.schema.js';

const TASKS = objectOf<{ environment: unknown; items: unknown }>({
  environment: ENVIRONMENT_REFERENCE,
  items: listOf(ENTRY),
});

@Controller('orchestrator/v1/tasks')
export class ListTasksController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'List the tasks of an environment', answer: TASKS, example: { environment: 'production' } })
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
