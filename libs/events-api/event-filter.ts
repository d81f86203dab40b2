import type { EventType } from '#domain';
import { typesLike } from '#http';
import type { Origin } from './follow/origins.js';
import type { SharedEvent } from './follow/shared-event.js';

/** Which events somebody asks for; null: he does not say. */
export interface EventFilter {
  /** Names of events, of which `*` stands for any part. */
  readonly types: readonly string[] | null;
  readonly subject: string | null;
  /** Id of the subject whose job it is. */
  readonly owner: string | null;
  readonly environment: string | null;
  /** Number of a plan job: its own events, and those of the jobs that it asked for. */
  readonly planJob: number | null;
}

export const NO_FILTER: EventFilter = { types: null, subject: null, owner: null, environment: null, planJob: null };

/** Of the visible types those that are asked for. */
export function typesOf({ types }: EventFilter, visible: readonly EventType[]): ReadonlySet<EventType> {
  if (types === null) return new Set(visible);
  const asked = new Set(types.flatMap(typesLike));
  return new Set(visible.filter((type) => asked.has(type)));
}

/** Whether it takes more than the event itself to compare it. */
export const needsOrigin = ({ owner, environment, planJob }: EventFilter) =>
  owner !== null || environment !== null || planJob !== null;

/** Whether an event of a type that is asked for is about what is asked for. */
export function isAbout(filter: EventFilter, { event, origin }: SharedEvent): boolean {
  if (filter.subject !== null && filter.subject !== event.subject) return false;
  return !needsOrigin(filter) || (origin !== null && isFrom(filter, origin));
}

const isFrom = ({ owner, environment, planJob }: EventFilter, origin: Origin) =>
  (owner === null || owner === origin.owner) &&
  (environment === null || environment === origin.environment) &&
  (planJob === null || planJob === origin.planJob);
