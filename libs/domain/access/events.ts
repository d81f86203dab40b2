import type { Permission } from './permission.js';

/** What subjects may do who have it. */
export interface Role {
  readonly id: number;
  readonly display_name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

/** A token as it was issued; the token itself is known to nobody but its owner. */
export interface IssuedToken {
  readonly id: number;
  /** Id of the subject that it stands for. */
  readonly subject: string;
  /** SHA-256 of the token, base64url. */
  readonly digest: string;
  /** Unlike that of every other token of the subject that is in force; null: it has none. */
  readonly label: string | null;
  readonly description: string;
  /** RFC 3339 with milliseconds, UTC; null: it does not expire. */
  readonly expiresAt: string | null;
  /** Whether it was given for a password; else somebody who had a token asked for it. */
  readonly byLogin: boolean;
}

/** Where somebody may run tasks who may not run them everywhere. */
export interface TaskTarget {
  readonly id: number;
  readonly display_name: string;
  readonly all_tasks: boolean;
  /** Names of tasks; empty where it is for all. */
  readonly tasks: readonly string[];
  readonly nodes: readonly string[];
  /** Ids of node groups. */
  readonly node_groups: readonly string[];
  /** Finds further nodes; null: there are none. */
  readonly pql_query: string | null;
}

export interface AccessEvents {
  /** The subject has a password from here on, or another one; its failed logins are forgotten. */
  'daybook.subject.password-set': {
    readonly id: string;
    /** Salted hash by scrypt, in the PHC string format. */
    readonly password: string;
  };
  /** Somebody named the subject and gave a wrong password. */
  'daybook.subject.login-failed': {
    readonly id: string;
    /** How many have failed in a row, with this one. */
    readonly failures: number;
    /** Until when no password is right; null: the next one may be. */
    readonly lockedUntil: string | null;
  };
  /** A role exists from here on, or says something else. */
  'daybook.role.defined': Role;
  /** Nobody has the role any more. */
  'daybook.role.deleted': { readonly id: number };
  'daybook.token.issued': IssuedToken;
  /** The token is worth nothing any more. */
  'daybook.token.revoked': { readonly id: number };
  'daybook.task-target.created': TaskTarget;
}
