import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The lines of an export's commits, as text. */
export const commitLines = (path: string): string[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{"commit"'));

/** Lists whose rows must be the same after an import. */
export const LISTS = [
  '/orchestrator/v1/jobs?limit=1000',
  '/orchestrator/v1/scheduled_jobs?limit=1000',
  '/orchestrator/v1/plan_jobs?limit=1000',
  '/orchestrator/v1/jobs/1',
  '/orchestrator/v1/jobs/1/nodes',
  '/orchestrator/v1/jobs/1/events',
  '/orchestrator/v1/jobs/1/report',
  '/orchestrator/v1/plan_jobs/1',
  '/orchestrator/v1/plan_jobs/1/events',
  '/orchestrator/v1/environments',
  '/orchestrator/v1/usage',
  '/classifier-api/v1/groups',
  '/rbac-api/v1/users',
  '/rbac-api/v1/roles',
  '/rbac-api/v1/tokens',
  '/daybook/v1/agents',
];
