import { HttpException } from '@nestjs/common';
import type { RefusalReason } from '#domain';
import { Refusal, VIEW } from '#domain';
import { NotAccepted, OutcomeUnknown } from '#writer';
import { ApiError } from './api-error.js';
import { orchestratorErrorBody } from './error-form.js';
import { ERRORS } from './errors.js';
import { asApiError } from './failures.js';

const REFUSALS: readonly (readonly [RefusalReason, number])[] = [
  [{ code: 'unknown-job', id: 7 }, 404],
  [{ code: 'unknown-plan-job', id: 7 }, 404],
  [{ code: 'plan-already-finished', id: 7 }, 409],
  [{ code: 'plan-runs-here', id: 7 }, 400],
  [{ code: 'unknown-scheduled-job', id: 7 }, 404],
  [{ code: 'invalid-time', scheduledTime: '2001-01-01T00:00:00.000Z', now: '2026-01-01T00:00:00.000Z' }, 400],
  [{ code: 'empty-target', target: 'query', environment: 'production' }, 400],
  [{ code: 'empty-environment', environment: 'production' }, 400],
  [{ code: 'query-error', problem: 'PQL parse error at line 1, column 1:' }, 400],
  [{ code: 'unknown-node-group', id: 'g' }, 400],
  [{ code: 'no-such-node-group', id: 'g' }, 404],
  [{ code: 'node-group-conflict', id: 'g', problem: 'its parent is below it' }, 422],
  [{ code: 'disabled-scheduled-job', id: 7 }, 400],
  [{ code: 'other-type', id: 7, type: 'task', expected: 'deploy' }, 400],
  [{ code: 'invalid-join-token' }, 401],
  [{ code: 'join-refused', node: 'web1', reason: 'joined' }, 403],
  [{ code: 'unknown-agent', node: 'web1' }, 404],
  [{ code: 'too-many-nodes', nodes: 15_001, bytes: 5, limit: '15000 nodes' }, 400],
  [{ code: 'command-too-large', bytes: 950_000, limit: 900_000 }, 413],
  [{ code: 'not-permitted', permission: VIEW }, 403],
  [{ code: 'not-permitted-to-delete', id: 7 }, 403],
  [{ code: 'permission-denied', permission: VIEW }, 403],
  [{ code: 'unknown-user', user: 'kate' }, 404],
  [{ code: 'unknown-role', id: 7 }, 404],
  [{ code: 'unknown-token', by: 'the id 7' }, 404],
  [{ code: 'name-taken', what: 'login', name: 'kate' }, 409],
  [{ code: 'too-many-tokens', login: 'kate', limit: 1000 }, 409],
  [{ code: 'owner-revoked', login: 'kate' }, 409],
  [{ code: 'built-in', what: 'role 1' }, 409],
  [{ code: 'invalid-token' }, 401],
  [{ code: 'token-expired' }, 401],
  [{ code: 'token-revoked' }, 401],
  [{ code: 'user-revoked', login: 'kate' }, 401],
  [{ code: 'key-reused', commandId: 'c' }, 422],
];

describe('a failure', () => {
  it.each(REFUSALS)('%j of the domain becomes %d', (reason, status) => {
    expect(ERRORS[asApiError(new Refusal(reason))!.reason].status).toBe(status);
  });

  it('says when to try again where nothing was written', () => {
    const error = asApiError(new NotAccepted('busy', 0.2))!;
    expect(error).toMatchObject({ reason: 'not-accepted', headers: { 'retry-after': '1' } });
    expect(asApiError(new NotAccepted('disk-full', 30))).toMatchObject({ reason: 'disk-full' });
  });

  it('names the command whose outcome is unknown', () => {
    expect(asApiError(new OutcomeUnknown('c-1'))).toMatchObject({
      reason: 'outcome-unknown',
      details: { command: 'c-1' },
    });
  });

  it('of the framework becomes one of ours', () => {
    expect(asApiError(new HttpException('Request body is too large', 413))?.reason).toBe('body-too-large');
    expect(asApiError(new HttpException('teapot', 418))).toBeNull();
  });

  it('of Daybook itself keeps its text inside', () => {
    expect(asApiError(new TypeError('x is not a function'))).toBeNull();
    expect(asApiError('thrown text')).toBeNull();
  });

  it('is shown with kind, msg and details, which can be left out', () => {
    const error = new ApiError('unknown-job', 'Unknown job 7', { job: '7' });
    expect(orchestratorErrorBody(error)).toEqual({
      kind: 'puppetlabs.orchestrator/unknown-job',
      msg: 'Unknown job 7',
      details: { job: '7' },
    });
    expect(orchestratorErrorBody(new ApiError('invalid-token', 'No.', null))).toEqual({
      kind: 'puppetlabs.rbac/invalid-token',
      msg: 'No.',
    });
  });
});
