import type { Subject } from '../subject/events.js';

export function subject(id: string, login: string): Subject {
  return {
    id,
    login,
    email: '',
    display_name: login,
    is_superuser: true,
    is_remote: false,
    is_group: false,
    is_revoked: false,
    last_login: null,
    role_ids: [1],
    inherited_role_ids: [],
    group_ids: [],
  };
}
