import { Controller, Delete, Inject, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, queryOf, showPosition, text } from '#http';
import type { QueryOf } from '#http';
import { AppId } from '../app-id.js';
import { appCommandMeta } from '../command-meta.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { DeleteJobs } from './delete-jobs.handler.js';

const PARAMETERS = { prefix: text };

@Controller('v1.0/jobs')
export class DeleteJobsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Delete()
  async deleteJobs(
    @AppId() app: string,
    @Query(queryOf(PARAMETERS)) { prefix }: QueryOf<typeof PARAMETERS>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (prefix === undefined) throw invalid('prefix is missing, expected the beginning of the names to be deleted');
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    const { deleted, receipt } = await this.commands.execute(new DeleteJobs(app, prefix, meta));
    showPosition(reply, receipt);
    return { deleted };
  }
}
