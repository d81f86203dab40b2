import { permission, VIEW } from '#domain';
import type { Guard } from '#http';

/**
 * Routes of the orchestrator and of agents are for those who may start, stop and view jobs, those of the classifier for
 * those who may view node groups; those of the RBAC API say it themselves.
 */
export const AREAS: Guard['areas'] = [
  { prefix: '/orchestrator', needs: VIEW },
  { prefix: '/daybook', needs: VIEW },
  { prefix: '/classifier-api', needs: permission('node_groups', 'view') },
  { prefix: '/rbac-api', needs: null },
];

/** Whether a route is only for those with a token. */
export const needsToken = (route: string) => AREAS.some(({ prefix }) => route.startsWith(prefix));
