import { ReadModels } from './0001-read-models.js';
import { PlanJobs } from './0002-plan-jobs.js';
import { AppJobs } from './0003-app-jobs.js';
import { Audit } from './0004-audit.js';
import { AuditTimes } from './0005-audit-times.js';

/** All migrations, oldest first; a name never changes. */
export const migrations = [
  { name: '0001-read-models', class: ReadModels },
  { name: '0002-plan-jobs', class: PlanJobs },
  { name: '0003-app-jobs', class: AppJobs },
  { name: '0004-audit', class: Audit },
  { name: '0005-audit-times', class: AuditTimes },
] as const;
