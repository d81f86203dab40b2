import { Controller, Get, Inject, Param, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, jobId, queryOf, streamItems } from '#http';
import type { NodeRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { presentNextEvents } from '../job/present-next-events.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListJobNodes } from './list-job-nodes.handler.js';
import { LIST_JOB_NODES } from './list-job-nodes.parameters.js';
import { JOB_NODES } from './list-job-nodes.schema.js';
import { renderNode } from './render-node.js';

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadAsOf)
export class ListJobNodesController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id/nodes')
  @Documents({ summary: 'List the nodes of a job and their results', answer: JOB_NODES, example: { order_by: 'name' } })
  async listJobNodes(
    @Param('id', jobId) id: number,
    @Query(queryOf(LIST_JOB_NODES)) query: QueryOf<typeof LIST_JOB_NODES>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { nowMs } = world;
    const { limit, offset, order_by: orderBy, order, state } = query;
    const list = new ListJobNodes(world, id, { limit, offset, orderBy, order, nowMs, ...(state && { state }) });
    const { job, lastEvent, nodes } = await this.queries.execute(list);
    const links = linksFor(request, this.ports.publicUrl);
    let lastShown = 0;
    const render = (row: NodeRow) => {
      lastShown = Math.max(lastShown, row.latestEvent);
      return renderNode(row, job.spec, nowMs, links.report(id), (sha256) => this.ports.largeValues.get(sha256));
    };
    return streamItems(nodes, render, () => {
      const next = (lastShown || lastEvent) + 1;
      return presentNextEvents(links.events(id, next), next);
    });
  }
}
