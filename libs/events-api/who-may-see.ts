import { EVENT_VERSIONS, permission, permits, VIEW } from '#domain';
import type { EventType, Permission } from '#domain';

const NODE_GROUPS = permission('node_groups', 'view');

/** What it takes to see an event, as it does to see elsewhere what it tells. What is not here is for administrators. */
const NEEDED: Partial<Readonly<Record<EventType, Permission>>> = {
  'daybook.agent.joined': VIEW,
  'daybook.agent.revoked': VIEW,
  'daybook.node.registered': VIEW,
  'daybook.node.forgotten': VIEW,
  'daybook.node.facts-reported': permission('nodes', 'view_data'),
  'daybook.node-group.defined': NODE_GROUPS,
  'daybook.node-group.deleted': NODE_GROUPS,
  'daybook.task-target.created': VIEW,
  'daybook.scheduled-job.scheduled': VIEW,
  'daybook.scheduled-job.fired': VIEW,
  'daybook.scheduled-job.skipped': VIEW,
  'daybook.scheduled-job.edited': VIEW,
  'daybook.scheduled-job.deleted': VIEW,
  'daybook.job.created': VIEW,
  'daybook.job.started': VIEW,
  'daybook.job.node-started': VIEW,
  'daybook.job.node-finished': VIEW,
  'daybook.job.node-failed': VIEW,
  'daybook.job.node-errored': VIEW,
  'daybook.job.node-skipped': VIEW,
  'daybook.job.stopping': VIEW,
  'daybook.job.finished': VIEW,
  'daybook.jobs.pruned': VIEW,
  'daybook.plan-job.created': VIEW,
  'daybook.plan-job.started': VIEW,
  'daybook.plan-job.message-sent': VIEW,
  'daybook.plan-job.sub-plan-started': VIEW,
  'daybook.plan-job.sub-plan-ended': VIEW,
  'daybook.plan-job.evaluated': VIEW,
  'daybook.plan-job.query-answered': VIEW,
  'daybook.plan-job.sleep-started': VIEW,
  'daybook.plan-job.step-refused': VIEW,
  'daybook.plan-job.finished': VIEW,
  'daybook.plan-jobs.pruned': VIEW,
};

/** Names of all events. */
export const ALL_TYPES = Object.keys(EVENT_VERSIONS) as readonly EventType[];

/** The types of event that somebody with these permissions may see. */
export function visibleTypes(held: readonly Permission[]): readonly EventType[] {
  const isAdministrator = permits(held, permission('*', '*'));
  return ALL_TYPES.filter((type) => {
    const needed = NEEDED[type];
    return isAdministrator || (needed !== undefined && permits(held, needed));
  });
}
