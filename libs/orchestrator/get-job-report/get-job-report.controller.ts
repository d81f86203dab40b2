import { Controller, Get, Param, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Documents, FREE, jobId, listOf, named, objectOf, streamItems, TEXT, TIME, toSeconds } from '#http';
import type { NodeRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { itemsOf } from '../answers.schema.js';
import { NODE_STATE } from '../job/job.schema.js';
import { GetJobReport } from './get-job-report.handler.js';

/** Tasks have no resource events; those of puppet runs will stand in `events`. */
const renderReport = ({ name, state, timestamp }: NodeRow) =>
  JSON.stringify({ node: name, state, timestamp: toSeconds(timestamp), events: [] });

const REPORT = named(
  'NodeReport',
  objectOf<Record<'node' | 'state' | 'timestamp' | 'events', unknown>>({
    node: TEXT,
    state: NODE_STATE,
    timestamp: TIME,
    events: listOf(FREE),
  }),
);

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadAsOf)
export class GetJobReportController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/report')
  @Documents({ summary: 'Report what a job did on its nodes', answer: itemsOf(REPORT) })
  async getJobReport(@Param('id', jobId) id: number, @AskedWorld() world: World) {
    return streamItems(await this.queries.execute(new GetJobReport(world, id)), renderReport);
  }
}
