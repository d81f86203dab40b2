import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { READS } from '#http';
import { AppsController } from './apps/apps.controller.js';
import { ChangeJobController } from './change-job/change-job.controller.js';
import { ChangeJobHandler } from './change-job/change-job.handler.js';
import { ChangeRunHandler } from './dead-letters/change-run.handler.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeleteJobController } from './delete-job/delete-job.controller.js';
import { DeleteJobHandler } from './delete-job/delete-job.handler.js';
import { DeleteJobsController } from './delete-jobs/delete-jobs.controller.js';
import { DeleteJobsHandler } from './delete-jobs/delete-jobs.handler.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { GetJobController } from './get-job/get-job.controller.js';
import { GetJobHandler } from './get-job/get-job.handler.js';
import { HealthController } from './health/health.controller.js';
import { ListJobsController } from './list-jobs/list-jobs.controller.js';
import { ListJobsHandler } from './list-jobs/list-jobs.handler.js';
import { ListRunsController } from './list-runs/list-runs.controller.js';
import { ListRunsHandler } from './list-runs/list-runs.handler.js';
import { MetadataController } from './metadata/metadata.controller.js';
import { NextRunsController } from './next-runs/next-runs.controller.js';
import type { JobsApiPorts } from './ports.js';
import { PORTS } from './ports.js';
import { ScheduleJobController } from './schedule-job/schedule-job.controller.js';
import { ScheduleJobHandler } from './schedule-job/schedule-job.handler.js';

/** The Dapr-compatible API: `/v1.0-alpha1/jobs` and `/v1.0/jobs`. */
export class JobsApiModule {
  static forRoot(ports: JobsApiPorts): DynamicModule {
    return {
      module: JobsApiModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ScheduleJobController,
        GetJobController,
        DeleteJobController,
        ListJobsController,
        DeleteJobsController,
        ListRunsController,
        ChangeJobController,
        NextRunsController,
        DeadLettersController,
        AppsController,
        DeliveriesController,
        MetadataController,
        HealthController,
      ],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
        ScheduleJobHandler,
        GetJobHandler,
        DeleteJobHandler,
        ListJobsHandler,
        DeleteJobsHandler,
        ListRunsHandler,
        ChangeJobHandler,
        ChangeRunHandler,
      ],
    };
  }
}
