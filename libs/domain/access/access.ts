import type { Role, TaskTarget } from './events.js';
import { EVERYTHING } from './permission.js';
import { Tokens } from './tokens.js';

/** Logins of a subject that have failed in a row. */
export interface Failures {
  readonly count: number;
  /** Until when no password is right, in milliseconds since the epoch; null: the next one may be. */
  readonly lockedUntilMs: number | null;
}

/** Who may do what, beside the subjects themselves. */
export interface Access {
  readonly roles: Map<number, Role>;
  lastRole: number;
  /** By id of the subject; the hashes are in the PHC string format. */
  readonly passwords: Map<string, string>;
  /** By id of the subject. */
  readonly failures: Map<string, Failures>;
  readonly tokens: Tokens;
  readonly taskTargets: Map<number, TaskTarget>;
}

/** The role that may do everything. It is there before the first event, and stays as it is. */
export const ADMINISTRATORS: Role = {
  id: 1,
  display_name: 'Administrators',
  description: 'May do everything.',
  permissions: [EVERYTHING],
};

export function emptyAccess(): Access {
  return {
    roles: new Map([[ADMINISTRATORS.id, ADMINISTRATORS]]),
    lastRole: ADMINISTRATORS.id,
    passwords: new Map(),
    failures: new Map(),
    tokens: new Tokens(),
    taskTargets: new Map(),
  };
}
