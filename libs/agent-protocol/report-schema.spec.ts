import { isReport } from './report-schema.js';

const at = '2027-05-05T12:00:00.000Z';
const started = { reportId: 'r', runId: 'x-1-0', kind: 'started', attempt: 1, startedAt: at };
const finished = { ...started, kind: 'finished', finishedAt: at, result: { _output: '' }, large: null };
const errored = { ...started, kind: 'errored', startedAt: null, error: { kind: 'k', msg: 'm', details: {} } };

describe('a report', () => {
  it.each([[started], [finished], [{ ...finished, kind: 'failed', result: null }], [errored]])(
    'may be %j',
    (report) => {
      expect(isReport(report)).toBe(true);
    },
  );

  it.each([
    [null],
    [[]],
    [{ ...started, kind: 'exploded' }],
    [{ ...started, startedAt: 'yesterday' }],
    [{ ...started, attempt: 0 }],
    [{ ...finished, finishedAt: null }],
    [{ ...finished, large: { sha256: 'x', size: 1 } }],
    [{ ...errored, error: { kind: 'k' } }],
    [{ ...errored, runId: '' }],
  ])('is not %j', (report) => {
    expect(isReport(report)).toBe(false);
  });
});
