import { HttpException } from '@nestjs/common';
import type { Permission, RefusalReason } from '#domain';
import { Refusal } from '#domain';
import { NotAccepted, OutcomeUnknown } from '#writer';
import { ApiError, invalid } from './api-error.js';
import type { ErrorCode } from './errors.js';

/** What stands in the way of an agent whose join token is right. */
const JOIN_OBSTACLES = {
  'another-node': 'the invitation is for another node',
  joined: 'an agent has joined under this name, expected it to be revoked before another one joins',
  'key-taken': 'its key has been used before, expected a new one',
} as const;

function fromRefusal(reason: RefusalReason): ApiError | null {
  switch (reason.code) {
    case 'unknown-job':
      return new ApiError('unknown-job', `Unknown job ${reason.id}`, { job: String(reason.id) });
    case 'unknown-plan-job':
      return new ApiError('unknown-job', `Unknown plan job ${reason.id}`, { plan_job: String(reason.id) });
    case 'plan-already-finished':
      return new ApiError('plan-already-finished', `Plan job ${reason.id} has ended, expected one that is running`, {
        plan_job: String(reason.id),
      });
    case 'plan-runs-here':
      return invalid(`Plan job ${reason.id} is run by Daybook, expected one of plan_start`, {
        plan_job: String(reason.id),
      });
    case 'unknown-scheduled-job':
      return new ApiError('unknown-job', `Unknown scheduled job ${reason.id}`, { scheduled_job: String(reason.id) });
    case 'invalid-time':
      return new ApiError(
        'invalid-time',
        `scheduled_time or start_time is '${reason.scheduledTime}', expected one that has not passed: it is ${reason.now}`,
        { scheduled_time: reason.scheduledTime, now: reason.now },
      );
    case 'empty-target': {
      const { target, environment } = reason;
      const msg = `No nodes were found for scope.${target}, expected at least one node`;
      return new ApiError('empty-target', msg, { environment, target });
    }
    case 'empty-environment': {
      const { environment } = reason;
      return new ApiError('empty-environment', `Environment ${environment} has no node, expected at least one`, {
        environment,
      });
    }
    // As the documents have it: without details.
    case 'query-error':
      return new ApiError('query-error', `PuppetDB query failed: ${reason.problem}`, null);
    case 'unknown-node-group':
      return new ApiError('query-error', `Node group is '${reason.id}', expected the id of one that has a rule`, {
        node_group: reason.id,
      });
    case 'no-such-node-group':
      return new ApiError('unknown-node-group', `Unknown node group ${reason.id}`, { node_group: reason.id });
    case 'node-group-conflict':
      return new ApiError('node-group-conflict', `Node group ${reason.id} cannot be so: ${reason.problem}`, {
        node_group: reason.id,
      });
    case 'disabled-scheduled-job':
      return new ApiError(
        'disabled-scheduled-job',
        `Scheduled job ${reason.id} is disabled, expected one that is not`,
        {
          scheduled_job: String(reason.id),
        },
      );
    case 'other-type':
      return invalid(
        `Scheduled job ${reason.id} has the type '${reason.expected}', expected no input of '${reason.type}'`,
        {
          scheduled_job: String(reason.id),
        },
      );
    case 'invalid-join-token':
      return new ApiError('invalid-join-token', 'The join token is not valid: it is none, was used, or has expired');
    case 'join-refused': {
      const { node, reason: obstacle } = reason;
      return new ApiError('join-refused', `${node} cannot join: ${JOIN_OBSTACLES[obstacle]}`, {
        node,
        reason: obstacle,
      });
    }
    case 'unknown-agent':
      return new ApiError('unknown-agent', `No agent has joined as ${reason.node}`, { node: reason.node });
    case 'too-many-nodes':
      return invalid(
        `scope.nodes has ${reason.nodes} nodes in ${reason.bytes} bytes, expected at most ${reason.limit}`,
        { nodes: reason.nodes, bytes: reason.bytes },
      );
    case 'command-too-large':
      return new ApiError(
        'body-too-large',
        `The command takes ${reason.bytes} bytes in the log, expected at most ${reason.limit}`,
        { bytes: reason.bytes, limit: reason.limit },
      );
    case 'not-permitted':
      return new ApiError('not-permitted', lacking(reason.permission), { ...reason.permission });
    case 'not-permitted-to-delete':
      return new ApiError('not-permitted', `Not authorized to delete job ${reason.id}`, null);
    case 'permission-denied':
      return new ApiError('permission-denied', lacking(reason.permission), { ...reason.permission });
    case 'unknown-user':
      return new ApiError('not-found', `Unknown user ${reason.user}`, { user: reason.user });
    case 'unknown-role':
      return new ApiError('not-found', `Unknown role ${reason.id}`, { role: reason.id });
    case 'unknown-token':
      return new ApiError('not-found', `No token is known by ${reason.by}`);
    case 'name-taken':
      return new ApiError('conflict', `${reason.what} is '${reason.name}', expected one that is not taken`, {
        [reason.what]: reason.name,
      });
    case 'too-many-tokens':
      return new ApiError(
        'conflict',
        `User ${reason.login} has ${reason.limit} tokens in force, expected less; revoke some`,
      );
    case 'owner-revoked':
      return new ApiError('conflict', `User ${reason.login} is revoked, expected one who is not`);
    case 'built-in':
      return new ApiError('conflict', `The ${reason.what} is built in, expected one that may be changed`);
    case 'invalid-token':
      return new ApiError('invalid-token', 'The provided token is not valid.', null);
    case 'token-expired':
      return new ApiError('token-expired', 'The provided token has expired.', null);
    case 'token-revoked':
      return new ApiError('token-revoked', 'Authentication token has been revoked.', null);
    case 'user-revoked':
      return new ApiError('user-revoked', `User ${reason.login} has been revoked.`, null);
    case 'key-reused':
      return new ApiError(
        'idempotency-key-reused',
        'The Idempotency-Key came before with another request, expected a new key or the same request',
        { command: reason.commandId },
      );
    // Only the Jobs API meets these, and tells them in a form of its own.
    case 'invalid-app-job':
    case 'app-job-exists':
    case 'unknown-app-job':
    case 'version-conflict':
    case 'unknown-run':
    case 'unknown-app':
      return null;
  }
}

const lacking = ({ object_type, action, instance }: Permission) =>
  `This needs the permission ${object_type}:${action}:${instance}`;

function fromNotAccepted(error: NotAccepted): ApiError {
  const code: ErrorCode = error.cause === 'disk-full' ? 'disk-full' : 'not-accepted';
  const retryAfter = { 'retry-after': String(Math.ceil(error.retryAfterS)) };
  return new ApiError(code, `The command was not accepted: ${error.cause}. Nothing was written`, {}, retryAfter);
}

/** What the framework refuses before a handler runs, by its status. */
const FRAMEWORK: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: ['validation-error', 'The request cannot be read, expected a well-formed HTTP request'],
  413: ['body-too-large', 'The body is too large, expected at most 4194304 bytes'],
  414: ['validation-error', 'The path is too long'],
  415: ['unsupported-media-type', 'The body has another media type, expected Content-Type: application/json'],
};

/** Any thrown value as the error that the caller sees; null: it is a fault of ours, whose text stays inside. */
export function asApiError(thrown: unknown): ApiError | null {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof Refusal) return fromRefusal(thrown.reason);
  if (thrown instanceof NotAccepted) return fromNotAccepted(thrown);
  if (thrown instanceof OutcomeUnknown) {
    return new ApiError('outcome-unknown', `The outcome of command ${thrown.commandId} is not known yet`, {
      command: thrown.commandId,
    });
  }
  const framework = thrown instanceof HttpException ? FRAMEWORK[thrown.getStatus()] : undefined;
  return framework ? new ApiError(...framework) : null;
}
