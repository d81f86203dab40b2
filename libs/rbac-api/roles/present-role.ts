import type { Role, Subject } from '#domain';

/** A role with the ids of those who have it. */
export function presentRole(role: Role, users: readonly Subject[]) {
  const user_ids = users.filter(({ role_ids }) => role_ids.includes(role.id)).map(({ id }) => id);
  return { ...role, user_ids, group_ids: [] };
}
