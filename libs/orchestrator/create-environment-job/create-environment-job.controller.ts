import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyByType, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { REFERENCE } from '../answers.schema.js';
import type { EnvironmentJobBody } from '../environment-job/environment-job-request.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import {
  DeployEnvironmentJobBody,
  PlanEnvironmentJobBody,
  TaskEnvironmentJobBody,
} from './create-environment-job.body.js';
import { CreateEnvironmentJob } from './create-environment-job.handler.js';

const BODY = bodyByType<EnvironmentJobBody>({
  task: TaskEnvironmentJobBody,
  plan: PlanEnvironmentJobBody,
  deploy: DeployEnvironmentJobBody,
});

const EXAMPLE = {
  type: 'task',
  input: { name: 'echo', parameters: { message: { value: 'hello' } }, scope: { nodes: ['localhost'] } },
  environment: 'production',
  schedule: { start_time: '2100-05-05T19:50:08Z', interval: { units: 'seconds', value: 3600 } },
  description: 'every hour',
  userdata: {},
};

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
export class CreateEnvironmentJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post()
  @HttpCode(200)
  @Documents({
    summary: 'Schedule a task, a plan or a run of Puppet',
    answer: objectOf<{ scheduled_job: unknown }>({ scheduled_job: REFERENCE }),
    example: { body: EXAMPLE },
  })
  async createEnvironmentJob(
    @Body(BODY) body: EnvironmentJobBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new CreateEnvironmentJob(body, callerOf(request).subject.id, meta);
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    return { scheduled_job: { id: linksFor(request, this.ports.publicUrl).environmentJob(id), name: String(id) } };
  }
}
