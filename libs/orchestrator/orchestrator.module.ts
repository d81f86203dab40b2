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
import { FinishPlanController } from './finish-plan/finish-plan.controller.js';
import { FinishPlanHandler } from './finish-plan/finish-plan.handler.js';
import { GetEnvironmentJobController } from './get-environment-job/get-environment-job.controller.js';
import { GetEnvironmentJobHandler } from './get-environment-job/get-environment-job.handler.js';
import { GetJobReportController } from './get-job-report/get-job-report.controller.js';
import { GetJobReportHandler } from './get-job-report/get-job-report.handler.js';
import { GetJobController } from './get-job/get-job.controller.js';
import { GetJobHandler } from './get-job/get-job.handler.js';
import { GetPlanJobEventController } from './get-plan-job-event/get-plan-job-event.controller.js';
import { GetPlanJobEventHandler } from './get-plan-job-event/get-plan-job-event.handler.js';
import { GetPlanJobController } from './get-plan-job/get-plan-job.controller.js';
import { GetPlanJobHandler } from './get-plan-job/get-plan-job.handler.js';
import { GetPlanController } from './get-plan/get-plan.controller.js';
import { GetTaskController } from './get-task/get-task.controller.js';
import { InventoryController } from './inventory/inventory.controller.js';
import { ListEnvironmentJobsController } from './list-environment-jobs/list-environment-jobs.controller.js';
import { ListJobEventsController } from './list-job-events/list-job-events.controller.js';
import { ListJobEventsHandler } from './list-job-events/list-job-events.handler.js';
import { ListJobNodesController } from './list-job-nodes/list-job-nodes.controller.js';
import { ListJobNodesHandler } from './list-job-nodes/list-job-nodes.handler.js';
import { ListJobsController } from './list-jobs/list-jobs.controller.js';
import { ListJobsHandler } from './list-jobs/list-jobs.handler.js';
import { ListPlanJobEventsController } from './list-plan-job-events/list-plan-job-events.controller.js';
import { ListPlanJobEventsHandler } from './list-plan-job-events/list-plan-job-events.handler.js';
import { ListPlanJobsController } from './list-plan-jobs/list-plan-jobs.controller.js';
import { ListPlanJobsHandler } from './list-plan-jobs/list-plan-jobs.handler.js';
import { ListPlansController } from './list-plans/list-plans.controller.js';
import { ListScheduledJobHistoryController } from './list-scheduled-job-history/list-scheduled-job-history.controller.js';
import { ListScheduledJobHistoryHandler } from './list-scheduled-job-history/list-scheduled-job-history.handler.js';
import { ListScheduledJobsController } from './list-scheduled-jobs/list-scheduled-jobs.controller.js';
import { ListScheduledJobsHandler } from './list-scheduled-jobs/list-scheduled-jobs.handler.js';
import { ListTasksController } from './list-tasks/list-tasks.controller.js';
import { RootController } from './root/root.controller.js';
import { RunDeployController } from './run-deploy/run-deploy.controller.js';
import { RunDeployHandler } from './run-deploy/run-deploy.handler.js';
import { RunEnvironmentPlanController } from './run-environment-plan/run-environment-plan.controller.js';
import { RunPlanTaskController } from './run-plan-task/run-plan-task.controller.js';
import { RunPlanController } from './run-plan/run-plan.controller.js';
import { RunPlanHandler } from './run-plan/run-plan.handler.js';
import { RunTaskController } from './run-task/run-task.controller.js';
import { RunTaskHandler } from './run-task/run-task.handler.js';
import { ScheduleDeployController } from './schedule-deploy/schedule-deploy.controller.js';
import { ScheduleDeployHandler } from './schedule-deploy/schedule-deploy.handler.js';
import { SchedulePlanController } from './schedule-plan/schedule-plan.controller.js';
import { SchedulePlanHandler } from './schedule-plan/schedule-plan.handler.js';
import { ScheduleTaskController } from './schedule-task/schedule-task.controller.js';
import { ScheduleTaskHandler } from './schedule-task/schedule-task.handler.js';
import { StartPlanController } from './start-plan/start-plan.controller.js';
import { StartPlanHandler } from './start-plan/start-plan.handler.js';
import { StopJobController } from './stop-job/stop-job.controller.js';
import { StopJobHandler } from './stop-job/stop-job.handler.js';
import { StopPlanController } from './stop-plan/stop-plan.controller.js';
import { StopPlanHandler } from './stop-plan/stop-plan.handler.js';
import { CreateTaskTargetController } from './task-targets/create-task-target.controller.js';
import { TaskTargetsController } from './task-targets/task-targets.controller.js';
import { UsageController } from './usage/usage.controller.js';
import type { OrchestratorPorts } from './ports.js';
import { PORTS } from './ports.js';

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
        ListScheduledJobHistoryController,
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
        RunPlanController,
        RunEnvironmentPlanController,
        StartPlanController,
        RunPlanTaskController,
        StopPlanController,
        FinishPlanController,
        SchedulePlanController,
        ListPlanJobsController,
        GetPlanJobController,
        ListPlanJobEventsController,
        GetPlanJobEventController,
        ListPlansController,
        GetPlanController,
        RootController,
      ],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
        ScheduleTaskHandler,
        RunTaskHandler,
        StopJobHandler,
        ListScheduledJobsHandler,
        ListScheduledJobHistoryHandler,
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
        RunPlanHandler,
        StartPlanHandler,
        StopPlanHandler,
        FinishPlanHandler,
        SchedulePlanHandler,
        ListPlanJobsHandler,
        GetPlanJobHandler,
        ListPlanJobEventsHandler,
        GetPlanJobEventHandler,
      ],
    };
  }
}
