import type { FastifyRequest } from 'fastify';
import type { RefusalReason } from '#domain';
import { Refusal } from '#domain';
import { ApiError } from '#http';
import { NotAccepted, OutcomeUnknown } from '#writer';
import { JobsApiError } from './jobs-api-error.js';
import { jobsApiErrors } from './jobs-api-errors.js';

const asked = (method: string, url: string, app?: string) =>
  ({
    method,
    routeOptions: { url },
    headers: app === undefined ? {} : { 'dapr-app-id': app },
  }) as unknown as FastifyRequest;

const JOB = '/v1.0/jobs/:name';
const POST = asked('POST', JOB, 'sub');
const GET = asked('GET', '/v1.0-alpha1/job/:name');
const DELETE = asked('DELETE', '/v1.0-alpha1/jobs/:name');
const PAUSE = asked('POST', '/v1.0/jobs/:name/pause');

const refusal = (reason: RefusalReason) => new Refusal(reason);
const unknownJob = refusal({ code: 'unknown-app-job', app: 'sub', name: 'test1' });

/** Status and message, or null. */
function told(thrown: unknown, request: FastifyRequest | null) {
  const answer = jobsApiErrors(thrown, request);
  if (!answer) return null;
  const { errorCode, message } = answer.body as { errorCode: string; message: string };
  return `${answer.status} ${errorCode}: ${message}`;
}

describe('an error of the Jobs API', () => {
  it('has the form of Dapr, with the app and the namespace', () => {
    expect(jobsApiErrors(new JobsApiError('DAPR_SCHEDULER_SCHEDULE_EMPTY', 'Schedule is empty'), POST)).toEqual({
      status: 400,
      headers: {},
      body: {
        errorCode: 'DAPR_SCHEDULER_SCHEDULE_EMPTY',
        message: 'Schedule is empty',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            domain: 'dapr.io',
            metadata: { appID: 'sub', namespace: 'default' },
            reason: 'DAPR_SCHEDULER_SCHEDULE_EMPTY',
          },
        ],
      },
    });
  });

  it('names only the app where the name stands in the body, and nothing where the body is malformed', () => {
    const inBody = jobsApiErrors(new JobsApiError('DAPR_SCHEDULER_JOB_NAME', 'x'), GET)!.body;
    expect(inBody).toMatchObject({ details: [{ metadata: { appID: 'default' } }] });
    expect(JSON.stringify(inBody)).not.toContain('namespace');
    expect(jobsApiErrors(new JobsApiError('ERR_MALFORMED_REQUEST', 'x'), POST)!.body).toEqual({
      errorCode: 'ERR_MALFORMED_REQUEST',
      message: 'x',
    });
  });

  it.each([
    [
      refusal({ code: 'invalid-app-job', problem: 'job failed validation: no' }),
      POST,
      '500 DAPR_SCHEDULER_SCHEDULE_JOB: failed to schedule job due to: rpc error: code = Unknown desc = job failed validation: no',
    ],
    [
      refusal({ code: 'app-job-exists', app: 'sub', name: 'test1' }),
      POST,
      "409 DAPR_SCHEDULER_SCHEDULE_JOB: failed to schedule job due to: rpc error: code = AlreadyExists desc = job already exists: 'app||default||sub||test1'",
    ],
    [
      unknownJob,
      GET,
      '500 DAPR_SCHEDULER_GET_JOB: failed to get job due to: rpc error: code = NotFound desc = job not found: test1',
    ],
    [unknownJob, PAUSE, '404 DAYBOOK_UNKNOWN_JOB: job not found: test1'],
    [
      refusal({ code: 'version-conflict', app: 'sub', name: 'test1', version: 7 }),
      DELETE,
      '412 DAYBOOK_VERSION_CONFLICT: job test1 has version "7", expected one of those in If-Match',
    ],
    [
      refusal({ code: 'version-conflict', app: 'sub', name: 'test1', version: null }),
      POST,
      '412 DAYBOOK_VERSION_CONFLICT: job test1 does not exist, expected one of those in If-Match',
    ],
    [refusal({ code: 'unknown-run', run: 3 }), PAUSE, '404 DAYBOOK_UNKNOWN_RUN: run 3 is no dead letter of this app'],
    [refusal({ code: 'unknown-app', id: 'sub' }), PAUSE, '404 DAYBOOK_UNKNOWN_APP: app sub is not defined'],
  ])('tells the refusal %s', (thrown, request, expected) => {
    expect(told(thrown, request)).toBe(expected);
  });

  it('tells trouble by its status where Dapr does, and as 500 otherwise', () => {
    expect(told(new NotAccepted('busy', 1), POST)).toMatch(/^503 DAPR_SCHEDULER_SCHEDULE_JOB: .* code = Unavailable /);
    expect(told(new NotAccepted('disk-full', 1), POST)).toMatch(/^507 DAPR_.* code = ResourceExhausted /);
    expect(told(new OutcomeUnknown('c'), POST)).toMatch(/^504 DAPR_SCHEDULER_SCHEDULE_JOB: .* = DeadlineExceeded /);
    expect(told(new NotAccepted('busy', 1), DELETE)).toMatch(/^500 DAPR_SCHEDULER_DELETE_JOB: .* code = Unavailable /);
    expect(told(new ApiError('projection-stopped', 'x'), GET)).toMatch(/^500 DAPR_SCHEDULER_GET_JOB: /);
    expect(told(new NotAccepted('busy', 1), PAUSE)).toMatch(/^503 ERR_NOT_ACCEPTED: /);
    expect(jobsApiErrors(new NotAccepted('busy', 1.5), POST)!.headers).toEqual({ 'retry-after': '2' });
  });

  it('tells that the name is empty where the path ends before it', () => {
    const at = (method: string, url: string) => ({ ...asked(method, ''), url }) as FastifyRequest;
    const nothing = new ApiError('unknown-route', 'x');
    const name = '400 DAPR_SCHEDULER_JOB_NAME_EMPTY: Name is empty';
    expect(told(nothing, at('POST', '/v1.0/jobs/'))).toBe(name);
    expect(told(new ApiError('method-not-allowed', 'x'), at('POST', '/v1.0/jobs?x'))).toBe(name);
    expect(told(nothing, at('GET', '/v1.0-alpha1/job/'))).toBe(name);
    expect(told(nothing, at('PUT', '/v1.0/jobs/'))).toBe('404 ERR_UNKNOWN_ROUTE: x');
    expect(told(nothing, at('GET', '/v1.0/jobs/a/b'))).toBe('404 ERR_UNKNOWN_ROUTE: x');
  });

  it.each([
    [new ApiError('validation-error', 'x'), '400 ERR_MALFORMED_REQUEST: x'],
    [new ApiError('unknown-route', 'x'), '404 ERR_UNKNOWN_ROUTE: x'],
    [new ApiError('body-too-large', 'x'), '413 ERR_BODY_TOO_LARGE: x'],
    [new ApiError('head-too-large', 'x'), '431 ERR_HEAD_TOO_LARGE: x'],
  ])('tells what every API may answer: %s', (thrown, expected) => {
    expect(told(thrown, POST)).toBe(expected);
    expect(told(thrown, null)).toBe(expected);
  });

  it('keeps the text of a fault inside', () => {
    expect(told(new TypeError('x is not a function'), POST)).toBeNull();
  });
});
