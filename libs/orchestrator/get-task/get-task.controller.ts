import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, queryOf } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { IN_ENVIRONMENT, nameSegment } from '../task-catalogue/task-catalogue.parameters.js';
import { taskOr404 } from '../task-catalogue/task-or-404.js';
import { presentTask } from './present-task.js';
import { TASK } from './task.schema.js';

@Controller('orchestrator/v1/tasks')
export class GetTaskController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get(':module/:task')
  @Documents({ summary: 'Show a task', answer: TASK, example: { module: 'echo', task: 'init' } })
  async getTask(
    @Param('module', nameSegment) module: string,
    @Param('task', nameSegment) task: string,
    @Query(queryOf(IN_ENVIRONMENT)) { environment }: QueryOf<typeof IN_ENVIRONMENT>,
    @Req() request: FastifyRequest,
  ) {
    const { catalogue, publicUrl } = this.ports;
    const name = task === 'init' ? module : `${module}::${task}`;
    return presentTask(await taskOr404(catalogue, environment, name), linksFor(request, publicUrl));
  }
}
