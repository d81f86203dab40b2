import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NODE_COUNTS } from '../job/job.schema.js';
import { bodyOf, commandMetaOf, Documents, LINK, NAME, objectOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { StopJobBody } from './stop-job.body.js';
import { StopJob } from './stop-job.handler.js';

const STOPPED = objectOf<{ id: string; name: string; nodes: unknown }>({ id: LINK, name: NAME, nodes: NODE_COUNTS });

@Controller('orchestrator/v1/command')
export class StopJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('stop')
  @HttpCode(202)
  @Documents({
    summary: 'Stop a job',
    answer: objectOf<{ job: unknown }>({ job: STOPPED }),
    example: { body: { job: '1', force: true } },
  })
  async stopJob(
    @Body(bodyOf(StopJobBody)) body: StopJobBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = Number(body.job);
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const { nodes, receipt } = await this.commands.execute(new StopJob(id, body.force ?? false, meta));
    showPosition(reply, receipt);
    return { job: { id: linksFor(request, this.ports.publicUrl).job(id), name: String(id), nodes } };
  }
}
