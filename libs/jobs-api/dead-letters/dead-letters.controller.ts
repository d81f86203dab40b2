import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { runId } from '#delivery';
import { answerOf, integer, queryOf, ReadYourWrites, showPosition } from '#http';
import type { QueryOf } from '#http';
import { AppId } from '../app-id.js';
import { appCommandMeta } from '../command-meta.js';
import { presentRun } from '../list-runs/present-run.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ChangeRun } from './change-run.handler.js';
import { runNumber } from './run-number.js';

const PARAMETERS = { limit: integer(0, 1_000, 50), offset: integer(0, null, 0) };

/** Runs that were given up: what could not be delivered stays until somebody has it delivered, or discards it. */
@Controller('v1.0/dead-letters')
@UseInterceptors(ReadYourWrites)
export class DeadLettersController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Get()
  async listDeadLetters(
    @AppId() app: string,
    @Query(queryOf(PARAMETERS)) { limit, offset }: QueryOf<typeof PARAMETERS>,
  ) {
    const { queries, streamId } = this.ports;
    const { items, total } = await queries.appJobs.deadLetters({ app, limit, offset });
    const deadLetters = items.map((run) => ({ name: run.name, ...presentRun(run, streamId) }));
    return { deadLetters, pagination: { limit, offset, total } };
  }

  @Post(':run/redeliver')
  @HttpCode(HttpStatus.ACCEPTED)
  async redeliver(
    @AppId() app: string,
    @Param('run', runNumber) run: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    const receipt = await this.commands.execute(new ChangeRun('redeliver', app, run, meta));
    showPosition(reply, receipt);
    return { run: runId(this.ports.streamId, answerOf(receipt, 'run').run) };
  }

  @Delete(':run')
  @HttpCode(HttpStatus.NO_CONTENT)
  async discard(
    @AppId() app: string,
    @Param('run', runNumber) run: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    showPosition(reply, await this.commands.execute(new ChangeRun('discard', app, run, meta)));
  }
}
