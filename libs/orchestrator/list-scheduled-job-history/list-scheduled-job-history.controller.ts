import { Controller, Get, Inject, Param, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId, nextLink, queryOf, streamItems } from '#http';
import type { QueryOf } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { SCHEDULED_JOB_HISTORY } from './history.schema.js';
import { ListScheduledJobHistory } from './list-scheduled-job-history.handler.js';
import { LIST_SCHEDULED_JOB_HISTORY } from './list-scheduled-job-history.parameters.js';
import { presentHistoryEntry } from './present-history-entry.js';

@Controller('orchestrator/v1/scheduled_jobs')
@UseInterceptors(ReadAsOf)
export class ListScheduledJobHistoryController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id/history')
  @Documents({
    summary: 'List what has happened to a scheduled job: its versions and its occurrences',
    answer: SCHEDULED_JOB_HISTORY,
    example: { limit: 20 },
  })
  async listScheduledJobHistory(
    @Param('id', jobId) id: number,
    @Query(queryOf(LIST_SCHEDULED_JOB_HISTORY)) query: QueryOf<typeof LIST_SCHEDULED_JOB_HISTORY>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { order, after = null, limit } = query;
    const { publicUrl } = this.ports;
    const { type, entries } = await this.queries.execute(
      new ListScheduledJobHistory(world, id, { order, after, limit }),
    );
    const links = linksFor(request, publicUrl);
    return streamItems(
      entries.batches,
      (entry) => JSON.stringify(presentHistoryEntry(entry, type, links)),
      () => {
        const next = nextLink(request, publicUrl, entries.last()?.row.number ?? null);
        return { pagination: { limit, order, next } };
      },
    );
  }
}
