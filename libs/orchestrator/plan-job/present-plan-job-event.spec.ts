import type { PlanJobEventDetail, PlanJobEventType } from '#read-store';
import { presentPlanJobEvent } from './present-plan-job-event.js';

const at = { plan: 'facts::info', line: 3, step: 'first' };
const result = { kind: 'bolt/run-failure', msg: 'no', details: {} };
const shown = (type: PlanJobEventType, detail: Partial<PlanJobEventDetail>) => {
  const row = { id: 1273, type, timestamp: '2026-01-01T00:00:01.640Z', detail: { at: null, ...detail } };
  return presentPlanJobEvent(row, { id: 9, result });
};

describe('an event of a plan job', () => {
  it('has its number in text, its time in seconds, and no message of its own', () => {
    expect(shown('task_start', { job: 8765 })).toEqual({
      id: '1273',
      type: 'task_start',
      timestamp: '2026-01-01T00:00:01Z',
      details: { 'job-id': '8765' },
    });
  });

  it.each<[PlanJobEventType, Partial<PlanJobEventDetail>, object]>([
    ['command_start', { job: 7 }, { 'job-id': '7' }],
    ['script_start', { job: 7 }, { 'job-id': '7' }],
    ['upload_start', { job: 7 }, { 'job-id': '7' }],
    ['download_start', { job: 7 }, { 'job-id': '7' }],
    ['wait_start', { job: 7 }, { 'job-id': '7' }],
    ['out_message', { message: { value: 'hello' }, isVerbose: false }, { message: 'hello', verbose: false }],
    ['plan_start', { plan: 'm::sub', params: { value: { a: 1 } } }, { plan: 'm::sub', parameters: { a: 1 } }],
    [
      'plan_end',
      { plan: 'm::sub', startedAt: '2026-01-01T00:00:01.000Z', isFailed: true },
      { plan: 'm::sub', duration: 0.64, failed: true },
    ],
    ['plan_finished', {}, { 'plan-id': '9', result }],
    ['plan_failed', {}, { 'plan-id': '9', result }],
    ['evaluated', { value: { value: [1] } }, { value: [1] }],
    ['evaluated', { value: { sha256: 'ab', size: 70_000 } }, { value: { sha256: 'ab', size: 70_000 } }],
    ['query_answered', { query: 'nodes { }', rows: { value: [] } }, { query: 'nodes { }', rows: [] }],
    ['sleep_start', { until: '2026-01-01T00:00:09.100Z' }, { until: '2026-01-01T00:00:09Z' }],
    ['step_refused', { error: result }, { error: result }],
  ])('%s tells %j', (type, detail, details) => {
    expect(shown(type, detail).details).toEqual(details);
  });

  it('of a step says where the step stands', () => {
    expect(shown('task_start', { job: 7, at }).details).toEqual({ 'job-id': '7', at });
  });
});
