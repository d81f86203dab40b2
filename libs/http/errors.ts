/** One kind of error that the API answers with. */
interface ErrorEntry {
  /** The `kind` that callers match on. It never changes. */
  readonly kind: string;
  readonly status: number;
  /** When a caller meets it. */
  readonly when: string;
}

/** Every error of the API by its code: the one place that maps codes to kinds and HTTP statuses. */
export const ERRORS = {
  'validation-error': {
    kind: 'puppetlabs.orchestrator/validation-error',
    status: 400,
    when: 'The body, a parameter or a header is not what the operation takes, or what came is not HTTP.',
  },
  'invalid-time': {
    kind: 'puppetlabs.orchestrator/invalid-time',
    status: 400,
    when: 'The scheduled time has passed.',
  },
  'empty-target': {
    kind: 'puppetlabs.orchestrator/empty-target',
    status: 400,
    when: 'The scope holds no node.',
  },
  'empty-environment': {
    kind: 'puppetlabs.orchestrator/empty-environment',
    status: 400,
    when: 'The environment that is meant as a whole has no node.',
  },
  'query-error': {
    kind: 'puppetlabs.orchestrator/query-error',
    status: 400,
    when: 'A query cannot be read or answered, or a node group does not exist or has no rule.',
  },
  'disabled-scheduled-job': {
    kind: 'puppetlabs.orchestrator/disabled-scheduled-job',
    status: 400,
    when: 'The scheduled job has ended, so it cannot be changed.',
  },
  'unknown-target': {
    kind: 'puppetlabs.orchestrator/unknown-target',
    status: 404,
    when: 'A deploy is for an application; there are none.',
  },
  'user-unauthenticated': {
    kind: 'puppetlabs.rbac/user-unauthenticated',
    status: 401,
    when: 'The request carries no token.',
  },
  'invalid-token': {
    kind: 'puppetlabs.rbac/invalid-token',
    status: 401,
    when: 'The token is not known.',
  },
  'token-expired': {
    kind: 'puppetlabs.rbac/token-expired',
    status: 401,
    when: 'The lifetime of the token is over.',
  },
  'token-revoked': {
    kind: 'puppetlabs.rbac/token-revoked',
    status: 401,
    when: 'The token was revoked.',
  },
  'user-revoked': {
    kind: 'puppetlabs.rbac/user-revoked',
    status: 401,
    when: 'The user whose token it is was revoked.',
  },
  'not-permitted': {
    kind: 'puppetlabs.orchestrator/not-permitted',
    status: 403,
    when: 'The user lacks the permission that the orchestrator asks for.',
  },
  'permission-denied': {
    kind: 'puppetlabs.rbac/permission-denied',
    status: 403,
    when: 'The user lacks a permission over users, roles or tokens.',
  },
  'not-found': {
    kind: 'puppetlabs.rbac/not-found',
    status: 404,
    when: 'There is no such user, role or token.',
  },
  'unknown-task-target': {
    kind: 'puppetlabs.orchestrator/unknown-task-target',
    status: 404,
    when: 'There is no task target with this id.',
  },
  'invalid-join-token': {
    kind: 'daybook/invalid-join-token',
    status: 401,
    when: 'The join token is none, was used, or has expired.',
  },
  'join-refused': {
    kind: 'daybook/join-refused',
    status: 403,
    when: 'The join token is right, but not for this node, or node or key have joined already.',
  },
  'unknown-agent': {
    kind: 'daybook/unknown-agent',
    status: 404,
    when: 'No agent has joined under this name.',
  },
  'unknown-subscriber': {
    kind: 'daybook/unknown-subscriber',
    status: 404,
    when: 'No subscriber is let in over NATS under this name.',
  },
  'no-checkpoint': {
    kind: 'daybook/no-checkpoint',
    status: 404,
    when: 'No checkpoint of the log has been signed yet.',
  },
  'outside-nats': {
    kind: 'daybook/outside-nats',
    status: 409,
    when: 'Agents cannot join, and subscribers are not let in: somebody else runs NATS and gives out its credentials.',
  },
  'unknown-job': {
    kind: 'puppetlabs.orchestrator/unknown-job',
    status: 404,
    when: 'There is no job, plan job or scheduled job with this id, or the scheduled job has ended.',
  },
  'mismatched-job-event-id': {
    kind: 'puppetlabs.orchestrator/mismatched-job-event-id',
    status: 404,
    when: 'The event is none of this plan job.',
  },
  'plan-already-finished': {
    kind: 'puppetlabs.orchestrator/plan-already-finished',
    status: 409,
    when: 'A plan that runs elsewhere asks for a job after it has ended.',
  },
  'unknown-plan': {
    kind: 'puppetlabs.orchestrator/unknown-plan',
    status: 404,
    when: 'The environment has no such plan.',
  },
  'unknown-environment': {
    kind: 'puppetlabs.orchestrator/unknown-environment',
    status: 404,
    when: 'There is no such environment.',
  },
  'unknown-task': {
    kind: 'puppetlabs.orchestrator/unknown-task',
    status: 404,
    when: 'The environment has no such task.',
  },
  'unknown-node-group': {
    kind: 'daybook/unknown-node-group',
    status: 404,
    when: 'There is no such node group.',
  },
  'unknown-projection': {
    kind: 'daybook/unknown-projection',
    status: 404,
    when: 'There is no such projection.',
  },
  'unknown-route': {
    kind: 'daybook/unknown-route',
    status: 404,
    when: 'Nothing answers at this path.',
  },
  'method-not-allowed': {
    kind: 'daybook/method-not-allowed',
    status: 405,
    when: 'The path answers other methods; `Allow` names them.',
  },
  'request-timeout': {
    kind: 'daybook/request-timeout',
    status: 408,
    when: 'The headers did not come within 60 s.',
  },
  conflict: {
    kind: 'puppetlabs.rbac/conflict',
    status: 409,
    when: 'The login, name or label is taken, the user has too many tokens, or what is built in would change.',
  },
  'projection-busy': {
    kind: 'daybook/projection-busy',
    status: 409,
    when: 'A projection is being rebuilt or compared; one at a time is.',
  },
  'body-too-large': {
    kind: 'daybook/body-too-large',
    status: 413,
    when: 'The body is larger than 4 MiB, or what it asks for does not fit into one commit.',
  },
  'unsupported-media-type': {
    kind: 'daybook/unsupported-media-type',
    status: 415,
    when: 'The body is not sent as `application/json`.',
  },
  'head-too-large': {
    kind: 'daybook/head-too-large',
    status: 431,
    when: 'URL and headers have more than 16 KiB together.',
  },
  'node-group-conflict': {
    kind: 'daybook/node-group-conflict',
    status: 422,
    when: 'The node groups would not fit together: an unknown parent, a circle, a name that is taken.',
  },
  'idempotency-key-reused': {
    kind: 'daybook/idempotency-key-reused',
    status: 422,
    when: 'The `Idempotency-Key` came before, with another request.',
  },
  'unknown-error': {
    kind: 'puppetlabs.orchestrator/unknown-error',
    status: 500,
    when: 'Daybook itself failed; the log of the server says more under the request id.',
  },
  'not-accepted': {
    kind: 'daybook/not-accepted',
    status: 503,
    when: 'The command was not taken and nothing was written; `Retry-After` says when to try again.',
  },
  'projection-stopped': {
    kind: 'daybook/projection-stopped',
    status: 503,
    when: 'The read models met an event that they cannot apply and stopped.',
  },
  'as-of-unavailable': {
    kind: 'daybook/as-of-unavailable',
    status: 503,
    when: 'What was as of a moment of the past cannot be told now: the log cannot be read, or the disk has no room.',
  },
  'outcome-unknown': {
    kind: 'daybook/outcome-unknown',
    status: 504,
    when: 'The command was taken and its outcome is not known yet; repeat it with the same `Idempotency-Key`.',
  },
  'disk-full': {
    kind: 'daybook/disk-full',
    status: 507,
    when: 'The disk has no room for new commands; nothing was written.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
