import { ReadModels } from './0001-read-models.js';
import { PlanJobs } from './0002-plan-jobs.js';

/** All migrations, oldest first; a name never changes. */
export const migrations = [
  { name: '0001-read-models', class: ReadModels },
  { name: '0002-plan-jobs', class: PlanJobs },
] as const;
