import type { Permission } from '#domain';
import { COUNT, listOf, named, objectOf, TEXT } from '#http';
import type { presentRole } from './present-role.js';

const PERMISSION = objectOf<Permission>({ object_type: TEXT, action: TEXT, instance: TEXT });

export const ROLE = named(
  'Role',
  objectOf<ReturnType<typeof presentRole>>({
    id: COUNT,
    display_name: TEXT,
    description: TEXT,
    permissions: listOf(PERMISSION),
    user_ids: listOf(TEXT),
    group_ids: listOf(TEXT),
  }),
);
