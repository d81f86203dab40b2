import type { EventType } from '#domain';
import { EVERYTHING, permits, Refusal, VIEW } from '#domain';
import type { Caller } from '#http';
import type { EventFilter } from './event-filter.js';
import { typesOf } from './event-filter.js';
import { visibleTypes } from './who-may-see.js';

/** The types that a caller asks for and may see. @throws Refusal when he may see none of them */
export function askedTypes({ permissions }: Pick<Caller, 'permissions'>, filter: EventFilter): ReadonlySet<EventType> {
  const types = typesOf(filter, visibleTypes(permissions));
  if (types.size > 0) return types;
  throw new Refusal({ code: 'not-permitted', permission: permits(permissions, VIEW) ? EVERYTHING : VIEW });
}
