import { EVERYTHING, permission, VIEW } from '#domain';
import type { Guard } from '#http';
import { isLoopback } from '#platform';

/**
 * Projections are for administrators.
 * Routes of the orchestrator and of agents are for those who may start, stop and view jobs, those of the classifier for
 * those who may view node groups; those of the RBAC API and of all events say it themselves; the log as
 * it is stored, and who did what, is for administrators.
 */
const AREAS: Guard['areas'] = [
  { prefix: '/orchestrator', needs: VIEW },
  { prefix: '/daybook', needs: VIEW },
  { prefix: '/classifier-api', needs: permission('node_groups', 'view') },
  { prefix: '/rbac-api', needs: null },
  { prefix: '/events', needs: null },
  { prefix: '/projections', needs: EVERYTHING },
  { prefix: '/log', needs: EVERYTHING },
  { prefix: '/audit', needs: EVERYTHING },
];

/** The same for a server that listens on an address; where others can reach it, metrics are not for everybody. */
export const areasOn = (host: string): Guard['areas'] =>
  isLoopback(host) ? AREAS : [...AREAS, { prefix: '/metrics', needs: VIEW }];

/** Whether a route is only for those with a token. */
export const needsToken = (route: string) => AREAS.some(({ prefix }) => route.startsWith(prefix));
