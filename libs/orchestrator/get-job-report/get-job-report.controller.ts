import { Controller, Get, Param, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { jobId, streamItems, toSeconds } from '#http';
import type { NodeRow } from '#read-store';
import { ReadYourWrites } from '../read-your-writes.js';
import { GetJobReport } from './get-job-report.handler.js';

/** Tasks have no resource events; those of puppet runs will stand in `events`. */
const renderReport = ({ name, state, timestamp }: NodeRow) =>
  JSON.stringify({ node: name, state, timestamp: toSeconds(timestamp), events: [] });

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadYourWrites)
export class GetJobReportController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/report')
  async getJobReport(@Param('id', jobId) id: number) {
    return streamItems(await this.queries.execute(new GetJobReport(id)), renderReport);
  }
}
