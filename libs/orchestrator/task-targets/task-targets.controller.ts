import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiError, Documents, ReadYourWrites } from '#http';
import { itemsOf } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { presentTaskTarget } from './present-task-target.js';
import { TASK_TARGET } from './task-target.schema.js';

@Controller('orchestrator/v1/scopes/task_targets')
@UseInterceptors(ReadYourWrites)
export class TaskTargetsController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'List the task targets', answer: itemsOf(TASK_TARGET) })
  async listTaskTargets(@Req() request: FastifyRequest) {
    const links = linksFor(request, this.ports.publicUrl);
    return { items: (await this.ports.queries.taskTargets()).map((target) => presentTaskTarget(target, links)) };
  }

  @Get(':id')
  @Documents({ summary: 'Get a task target', answer: TASK_TARGET, example: { id: '1' } })
  async getTaskTarget(@Param('id') id: string, @Req() request: FastifyRequest) {
    const target = /^\d{1,9}$/.test(id) ? await this.ports.queries.taskTarget(Number(id)) : null;
    if (!target) throw new ApiError('unknown-task-target', `Unknown task target ${id}`, { task_target: id });
    return presentTaskTarget(target, linksFor(request, this.ports.publicUrl));
  }
}
