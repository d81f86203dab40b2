import { auditFolds } from '../audit/index.js';
import type { Projection } from '../projection.js';
import { together } from '../projection.js';
import { put, remove } from '../rows/operation.js';
import { accessFolds, initialRoles } from './access.js';
import { appJobRunFolds } from './app-job-runs.js';
import { appJobFolds } from './app-jobs.js';
import { appFolds } from './apps.js';
import { jobNodeFolds } from './job-nodes.js';
import { jobFolds } from './jobs.js';
import { planJobFolds } from './plan-jobs.js';
import { plainText } from './plain-text.js';
import { scheduledJobFolds } from './scheduled-jobs.js';
import { initialTotals } from './totals.js';

/**
 * What the orchestrator API shows: schedules, jobs, their nodes and events, who owns them and who may do what; and what
 * the Jobs API does: jobs of apps and what became of their occurrences. What auditors are shown is folded with it, as
 * reading the log once more would take longer than all of that.
 */
export const orchestrator: Projection = {
  name: 'orchestrator',
  version: 4,
  tables: [
    'subjects',
    'roles',
    'tokens',
    'task_targets',
    'scheduled_jobs',
    'scheduled_job_details',
    'scheduled_job_runs',
    'scheduled_job_counts',
    'jobs',
    'job_details',
    'job_nodes',
    'job_events',
    'plan_jobs',
    'plan_job_details',
    'plan_job_results',
    'plan_job_events',
    'plan_job_jobs',
    'app_jobs',
    'app_job_details',
    'app_job_counts',
    'app_job_runs',
    'app_job_attempts',
    'app_job_skips',
    'apps',
    'nodes',
    'node_groups',
    'totals',
    'audit_entries',
  ],
  initial: [...initialTotals, ...initialRoles],
  on: together(
    {
      'daybook.writer.opened': 'ignore',
      'daybook.writer.clock-stepped': 'ignore',
      'daybook.log.checkpoint-signed': 'ignore',
      'daybook.agent.invited': 'ignore',
      'daybook.agent.joined': 'ignore',
      'daybook.agent.revoked': 'ignore',
      'daybook.subscriber.admitted': 'ignore',
      'daybook.subscriber.revoked': 'ignore',
      'daybook.node.registered': ({ data: { node }, time }) => [
        put('nodes', { name: plainText(node), first_seen_at: Date.parse(time) }),
      ],
      'daybook.node.forgotten': ({ data: { node } }) => [remove('nodes', { name: plainText(node) })],
      'daybook.node.facts-reported': 'ignore',
      'daybook.node-group.defined': ({ data }) => [put('node_groups', { id: data.id, details: JSON.stringify(data) })],
      'daybook.node-group.deleted': ({ data: { id } }) => [remove('node_groups', { id })],
      ...accessFolds,
      ...scheduledJobFolds,
      ...jobFolds,
      ...jobNodeFolds,
      ...planJobFolds,
      ...appFolds,
      ...appJobFolds,
      ...appJobRunFolds,
    },
    auditFolds,
  ),
};
