import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Documents, FREE, listOf, objectOf, originOf } from '#http';
import { ENTRY } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

const INFO = {
  title: 'Daybook orchestrator API',
  description: 'Schedules tasks and plans, runs them on nodes, and tells what became of them.',
  warning: '',
  version: '0.1',
  license: { name: 'Apache License, Version 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0.html' },
};

const COLLECTIONS = ['environments', 'inventory', 'jobs', 'plan_jobs', 'plans', 'scheduled_jobs', 'tasks', 'usage'];

const COMMANDS = [
  'deploy',
  'environment_plan_run',
  'plan_finish',
  'plan_run',
  'plan_start',
  'plan_task',
  'schedule_deploy',
  'schedule_plan',
  'schedule_task',
  'stop',
  'stop_plan',
  'task',
  'task_target',
];

const ROOT = objectOf<Record<'info' | 'status' | 'collections' | 'commands', unknown>>({
  info: FREE,
  status: ENTRY,
  collections: listOf(ENTRY),
  commands: listOf(ENTRY),
});

/** Where a client begins: what there is, and at which addresses. */
@Controller('orchestrator')
export class RootController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'Say what there is, and where', answer: ROOT })
  root(@Req() request: FastifyRequest) {
    const { publicUrl } = this.ports;
    const links = linksFor(request, publicUrl);
    return {
      info: INFO,
      status: { name: 'status', id: `${originOf(request, publicUrl)}/status/v1/services` },
      collections: COLLECTIONS.map((name) => ({ name, id: links.below(name) })),
      commands: COMMANDS.map((name) => ({ name, id: links.below(`command/${name}`) })),
    };
  }

  @Get('v1')
  @Documents({ summary: 'The same as /orchestrator', answer: ROOT })
  rootOfVersion(@Req() request: FastifyRequest) {
    return this.root(request);
  }
}
