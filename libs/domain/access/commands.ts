import type { Role, TaskTarget } from './events.js';

/** What may be said of a user; left out: it stays. */
export interface UserChanges {
  readonly login?: string;
  readonly email?: string;
  readonly display_name?: string;
  readonly role_ids?: readonly number[];
  readonly is_revoked?: boolean;
  /** As in the event. */
  readonly password?: string;
}

/** A token that is to be issued; its maker keeps it, and tells only its digest. */
export interface NewToken {
  readonly digest: string;
  readonly label: string | null;
  readonly description: string;
  /** Seconds; null: it does not expire. */
  readonly lifetimeS: number | null;
}

interface CreateUser {
  readonly type: 'create-user';
  readonly id: string;
  readonly user: Required<Omit<UserChanges, 'is_revoked' | 'password'>> & Pick<UserChanges, 'password'>;
}

interface UpdateUser {
  readonly type: 'update-user';
  readonly id: string;
  readonly changes: UserChanges;
}

interface DefineRole {
  readonly type: 'define-role';
  /** Null: a new one. */
  readonly id: number | null;
  readonly role: Omit<Role, 'id'>;
  /** Ids of all who are to have it. */
  readonly users: readonly string[];
}

interface DeleteRole {
  readonly type: 'delete-role';
  readonly id: number;
}

interface IssueToken {
  readonly type: 'issue-token';
  /** Whom it is to stand for. */
  readonly subject: string;
  readonly token: NewToken;
}

/** Tokens are named in any of these ways, or in several. */
interface RevokeTokens {
  readonly type: 'revoke-tokens';
  readonly digests: readonly string[];
  readonly ids: readonly number[];
  /** Of tokens of whoever gives the command. */
  readonly labels: readonly string[];
  /** Logins of users: all of theirs. */
  readonly logins: readonly string[];
}

/** Asks with which salt a password is to be hashed. Changes nothing. */
interface AskSalt {
  readonly type: 'ask-salt';
  readonly login: string;
}

/** Issues a token for a password. */
interface LogIn {
  readonly type: 'log-in';
  readonly login: string;
  /** The password, hashed with the salt that was told. */
  readonly password: string;
  readonly token: NewToken;
}

/** Asks whose token it is. Changes nothing. */
interface Authenticate {
  readonly type: 'authenticate';
  readonly digest: string;
}

interface CreateTaskTarget {
  readonly type: 'create-task-target';
  readonly target: Omit<TaskTarget, 'id'>;
}

export type AccessCommand =
  | CreateUser
  | UpdateUser
  | DefineRole
  | DeleteRole
  | IssueToken
  | RevokeTokens
  | AskSalt
  | LogIn
  | Authenticate
  | CreateTaskTarget;

export type AccessCommandOf<T extends AccessCommand['type']> = Extract<AccessCommand, { readonly type: T }>;
