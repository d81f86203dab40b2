import type { InferKyselyDB } from '@mikro-orm/sqlite';

import { RoleEntity, TaskTargetEntity, TokenEntity } from './access.js';
import { AppEntity } from './app.js';
import { AppJobAttempt, AppJobRun, AppJobSkip } from './app-job-run.js';
import { AppJobCount, AppJobDetails, AppJobEntity } from './app-job.js';
import { AuditEntry } from './audit.js';
import { Checkpoint } from './checkpoint.js';
import { JobEventEntity } from './job-event.js';
import { JobNodeEntity } from './job-node.js';
import { JobDetails, JobEntity } from './job.js';
import { NodeGroupEntity } from './node-group.js';
import { NodeEntity } from './node.js';
import { ScheduledJobCount, ScheduledJobDetails, ScheduledJobEntity, ScheduledJobRun } from './scheduled-job.js';
import { PlanJobDetails, PlanJobEntity, PlanJobEventEntity, PlanJobJob, PlanJobResult } from './plan-job.js';
import { SubjectEntity } from './subject.js';
import { Total } from './total.js';

export const entities = [
  Checkpoint,
  SubjectEntity,
  RoleEntity,
  TokenEntity,
  TaskTargetEntity,
  ScheduledJobEntity,
  ScheduledJobDetails,
  ScheduledJobRun,
  ScheduledJobCount,
  JobEntity,
  JobDetails,
  JobNodeEntity,
  JobEventEntity,
  PlanJobEntity,
  PlanJobDetails,
  PlanJobResult,
  PlanJobEventEntity,
  PlanJobJob,
  AppJobEntity,
  AppJobDetails,
  AppJobCount,
  AppJobRun,
  AppJobAttempt,
  AppJobSkip,
  AppEntity,
  NodeEntity,
  NodeGroupEntity,
  Total,
  AuditEntry,
] as const;

/** Every table with its columns, as the database names them. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;
