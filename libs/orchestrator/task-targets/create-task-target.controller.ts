import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, bodyOf, commandMetaOf, Documents, invalid, objectOf, showPosition } from '#http';
import { REFERENCE } from '../answers.schema.js';
import { parseQuery } from '#inventory-query';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { TaskTargetBody } from './task-target.body.js';

@Controller('orchestrator/v1/command')
export class CreateTaskTargetController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Post('task_target')
  @HttpCode(200)
  @Documents({
    summary: 'Name tasks and nodes, for roles that may run these there and nothing else',
    answer: objectOf<{ task_target: unknown }>({ task_target: REFERENCE }),
    example: {
      body: { display_name: 'echo on web servers', tasks: ['echo'], nodes: ['web1.example.com'], node_groups: [] },
    },
  })
  async createTaskTarget(
    @Body(bodyOf(TaskTargetBody)) body: TaskTargetBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { display_name, all_tasks = false, tasks, nodes, node_groups, pql_query = null } = body;
    if (!all_tasks && tasks === undefined) {
      throw invalid('tasks is missing, expected an array of names of tasks, or all_tasks to be true', { key: 'tasks' });
    }
    if (pql_query !== null) parseQuery(pql_query);
    const target = { display_name, all_tasks, tasks: all_tasks ? [] : tasks!, nodes, node_groups, pql_query };
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const receipt = await this.ports.gateway.execute({ type: 'create-task-target', target }, meta);
    showPosition(reply, receipt);
    const id = answerOf(receipt, 'task-target-created').taskTarget;
    return {
      task_target: { id: linksFor(request, this.ports.publicUrl).below(`scopes/task_targets/${id}`), name: String(id) },
    };
  }
}
