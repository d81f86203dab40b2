import type { JobEventRow, ShownSpec } from '#read-store';
import { presentEvent } from './present-event.js';

const job = { id: 7, spec: { command: 'task', task: 'echo', noop: true } as ShownSpec };
const shown = (row: Pick<JobEventRow, 'type' | 'node' | 'detail'>) =>
  presentEvent({ id: 12, timestamp: '2026-01-01T00:00:00.999Z', ...row }, job, 'http://h/report');

describe('an event of a job', () => {
  it('has its number in text and its time in seconds', () => {
    expect(shown({ type: 'job_stopping', node: null, detail: null })).toEqual({
      id: '12',
      type: 'job_stopping',
      timestamp: '2026-01-01T00:00:00Z',
      details: {},
      message: 'Stopping job 7',
    });
  });

  it.each([
    ['node_running', null, { noop: true }, 'Started task echo on a...'],
    ['node_finished', { _output: 'x' }, { _output: 'x' }, 'Finished task echo on a'],
    ['node_failed', { _error: {} }, { _error: {} }, 'Task echo failed on a'],
    ['node_errored', { msg: 'gone' }, { msg: 'gone' }, 'Error running task echo on a: gone'],
    ['node_skipped', null, {}, 'Skipped task echo on a: the job was stopped'],
  ] as const)('%s names its node', (type, detail, shownDetail, message) => {
    expect(shown({ type, node: 'a', detail })).toMatchObject({ details: { node: 'a', detail: shownDetail }, message });
  });

  it('that ends the job has its final state', () => {
    expect(shown({ type: 'job_finished', node: null, detail: 'failed' })).toMatchObject({
      details: { state: 'failed' },
      message: 'Job 7 ended: failed',
    });
  });

  it('of a puppet run names its report', () => {
    const deploy = { id: 7, spec: { command: 'deploy', noop: false } as ShownSpec };
    const row = { id: 12, timestamp: '2026-01-01T00:00:00.000Z', node: 'a' } as const;
    const detail = { status: 'changed', metrics: { total: 3 } };
    expect(presentEvent({ ...row, type: 'node_finished', detail }, deploy, 'http://h/report')).toMatchObject({
      details: { detail: { ...detail, 'report-url': 'http://h/report' } },
      message: 'Finished puppet run on a - Success!',
    });
    const error = { msg: 'a is not connected' };
    expect(presentEvent({ ...row, type: 'node_errored', detail: error }, deploy, 'http://h/report')).toMatchObject({
      details: { detail: error },
      message: 'Error running puppet on a: a is not connected',
    });
  });
});
