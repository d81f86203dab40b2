import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import { CqrsModule } from '@nestjs/cqrs';
import { CreateEnvironmentJobController } from './create-environment-job/create-environment-job.controller.js';
import { CreateEnvironmentJobHandler } from './create-environment-job/create-environment-job.handler.js';
import { DeleteScheduledJobController } from './delete-scheduled-job/delete-scheduled-job.controller.js';
import { DeleteScheduledJobHandler } from './delete-scheduled-job/delete-scheduled-job.handler.js';
import { EditEnvironmentJobController } from './edit-environment-job/edit-environment-job.controller.js';
import { EditEnvironmentJobHandler } from './edit-environment-job/edit-environment-job.handler.js';
import { EnvironmentsController } from './environments/environments.controller.js';
import { GetEnvironmentJobController } from './get-environment-job/get-environment-job.controller.js';
import { GetEnvironmentJobHandler } from './get-environment-job/get-environment-job.handler.js';
import { GetJobReportController } from './get-job-report/get-job-report.controller.js';
import { GetJobReportHandler } from './get-job-report/get-job-report.handler.js';
import { GetJobController } from './get-job/get-job.controller.js';
import { GetJobHandler } from './get-job/get-job.handler.js';
import { GetTaskController } from './get-task/get-task.controller.js';
import { InventoryController } from './inventory/inventory.controller.js';
import { ListEnvironmentJobsController } from './list-environment-jobs/list-environment-jobs.controller.js';
import { ListJobEventsController } from './list-job-events/list-job-events.controller.js';
import { ListJobEventsHandler } from './list-job-events/list-job-events.handler.js';
import { ListJobNodesController } from './list-job-nodes/list-job-nodes.controller.js';
import { ListJobNodesHandler } from './list-job-nodes/list-job-nodes.handler.js';
import { ListJobsController } from './list-jobs/list-jobs.controller.js';
import { ListJobsHandler } from './list-jobs/list-jobs.handler.js';
import { ListScheduledJobsController } from './list-scheduled-jobs/list-scheduled-jobs.controller.js';
import { ListScheduledJobsHandler } from './list-scheduled-jobs/list-scheduled-jobs.handler.js';
import { ListTasksController } from './list-tasks/list-tasks.controller.js';
import { RootController } from './root/root.controller.js';
import { RunDeployController } from './run-deploy/run-deploy.controller.js';
import { RunDeployHandler } from './run-deploy/run-deploy.handler.js';
import { RunTaskController } from './run-task/run-task.controller.js';
import { RunTaskHandler } from './run-task/run-task.handler.js';
import { ScheduleDeployController } from './schedule-deploy/schedule-deploy.controller.js';
import { ScheduleDeployHandler } from './schedule-deploy/schedule-deploy.handler.js';
import { ScheduleTaskController } from './schedule-task/schedule-task.controller.js';
import { ScheduleTaskHandler } from './schedule-task/schedule-task.handler.js';
import { StopJobController } from './stop-job/stop-job.controller.js';
import { StopJobHandler } from './stop-job/stop-job.handler.js';
import { UsageController } from './usage/usage.controller.js';
import type { OrchestratorPorts } from './ports.js';
import { PORTS } from './ports.js';
import { CreateTaskTargetController } from './task-targets/create-task-target.controller.js';
import { TaskTargetsController } from './task-targets/task-targets.controller.js';

/** The Puppet-compatible API: `/orchestrator/v1`. */
export class OrchestratorModule {
  static forRoot(ports: OrchestratorPorts): DynamicModule {
    return {
      module: OrchestratorModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ScheduleTaskController,
        RunTaskController,
        StopJobController,
        ListScheduledJobsController,
        DeleteScheduledJobController,
        ListJobsController,
        GetJobController,
        ListJobNodesController,
        GetJobReportController,
        ListJobEventsController,
        ListTasksController,
        GetTaskController,
        EnvironmentsController,
        InventoryController,
        RunDeployController,
        ScheduleDeployController,
        ListEnvironmentJobsController,
        GetEnvironmentJobController,
        CreateEnvironmentJobController,
        EditEnvironmentJobController,
        UsageController,
        CreateTaskTargetController,
        TaskTargetsController,
        RootController,
      ],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
        ScheduleTaskHandler,
        RunTaskHandler,
        StopJobHandler,
        ListScheduledJobsHandler,
        RunDeployHandler,
        ScheduleDeployHandler,
        GetEnvironmentJobHandler,
        CreateEnvironmentJobHandler,
        EditEnvironmentJobHandler,
        DeleteScheduledJobHandler,
        ListJobsHandler,
        GetJobHandler,
        ListJobNodesHandler,
        GetJobReportHandler,
        ListJobEventsHandler,
      ],
    };
  }
}
