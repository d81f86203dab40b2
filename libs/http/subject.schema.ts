import type { Subject } from '#domain';
import { COUNT, FLAG, listOf, named, objectOf, orNull, TEXT, TIME } from './schema.js';

/** Who a token belongs to. */
export const SUBJECT = named(
  'Subject',
  objectOf<Subject>({
    id: TEXT,
    login: TEXT,
    email: TEXT,
    display_name: TEXT,
    is_superuser: FLAG,
    is_remote: FLAG,
    is_group: FLAG,
    is_revoked: FLAG,
    last_login: orNull(TIME),
    role_ids: listOf(COUNT),
    inherited_role_ids: listOf(COUNT),
    group_ids: listOf(TEXT),
  }),
);
