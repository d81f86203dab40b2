import type { Permission } from './access/permission.js';

/** Why a command was refused: a stable code and what it is about. */
export type RefusalReason =
  | { readonly code: 'unknown-job'; readonly id: number }
  | { readonly code: 'unknown-plan-job'; readonly id: number }
  | { readonly code: 'plan-already-finished'; readonly id: number }
  /** Daybook itself runs the plan. */
  | { readonly code: 'plan-runs-here'; readonly id: number }
  | { readonly code: 'unknown-scheduled-job'; readonly id: number }
  | { readonly code: 'invalid-time'; readonly scheduledTime: string; readonly now: string }
  /** `target` is the key of the scope that holds no node. */
  | { readonly code: 'empty-target'; readonly target: 'nodes' | 'query' | 'node_group'; readonly environment: string }
  | { readonly code: 'empty-environment'; readonly environment: string }
  | { readonly code: 'query-error'; readonly problem: string }
  /** There is no such group, or it has no rule of its own. */
  | { readonly code: 'unknown-node-group'; readonly id: string }
  | { readonly code: 'no-such-node-group'; readonly id: string }
  /** The groups would not fit together. */
  | { readonly code: 'node-group-conflict'; readonly id: string; readonly problem: string }
  | { readonly code: 'disabled-scheduled-job'; readonly id: number }
  /** A schedule cannot become one of another type. */
  | { readonly code: 'other-type'; readonly id: number; readonly type: string; readonly expected: string }
  /** No invitation has this join token: it is none, was used, or has expired. */
  | { readonly code: 'invalid-join-token' }
  /** The token is right; it is for another node, the node has joined, or the key has been used before. */
  | { readonly code: 'join-refused'; readonly node: string; readonly reason: 'another-node' | 'joined' | 'key-taken' }
  | { readonly code: 'unknown-agent'; readonly node: string }
  | { readonly code: 'too-many-nodes'; readonly nodes: number; readonly bytes: number; readonly limit: string }
  | { readonly code: 'command-too-large'; readonly bytes: number; readonly limit: number }
  /** The orchestrator asks for a permission that the actor does not have. */
  | { readonly code: 'not-permitted'; readonly permission: Permission }
  /** It is somebody else's scheduled job. */
  | { readonly code: 'not-permitted-to-delete'; readonly id: number }
  /** As `not-permitted`, where it is about users, roles and tokens. */
  | { readonly code: 'permission-denied'; readonly permission: Permission }
  /** By id or login. */
  | { readonly code: 'unknown-user'; readonly user: string }
  | { readonly code: 'unknown-role'; readonly id: number }
  | { readonly code: 'unknown-token'; readonly by: string }
  | {
      readonly code: 'name-taken';
      readonly what: 'login' | 'display_name' | 'label' | 'natsKey';
      readonly name: string;
    }
  | { readonly code: 'too-many-tokens'; readonly login: string; readonly limit: number }
  | { readonly code: 'owner-revoked'; readonly login: string }
  /** It is there from the start, and stays as it is. */
  | { readonly code: 'built-in'; readonly what: string }
  | { readonly code: 'invalid-token' }
  | { readonly code: 'token-expired' }
  | { readonly code: 'token-revoked' }
  | { readonly code: 'user-revoked'; readonly login: string }
  | { readonly code: 'invalid-app-job'; readonly problem: string }
  | { readonly code: 'app-job-exists'; readonly app: string; readonly name: string }
  | { readonly code: 'unknown-app-job'; readonly app: string; readonly name: string }
  /** `version` is the one that the job has; null: there is no such job. */
  | { readonly code: 'version-conflict'; readonly app: string; readonly name: string; readonly version: number | null }
  /** It is no dead letter of this app. */
  | { readonly code: 'unknown-run'; readonly run: number }
  | { readonly code: 'unknown-app'; readonly id: string }
  | { readonly code: 'key-reused'; readonly commandId: string };

export type RefusalCode = RefusalReason['code'];

/** A command that the rules do not allow; nothing was written. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly reason: RefusalReason) {
    super(JSON.stringify(reason));
  }
}
