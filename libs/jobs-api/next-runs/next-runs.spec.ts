import { readJobBody } from '../job-body/job-body.js';
import { specOf } from '../job-body/job-spec.js';
import { nextRuns } from './next-runs.js';

const FIRST = Date.parse('2026-10-24T00:30:00Z');

const next = (
  body: string,
  count: number,
  of: { occurrences?: number; expires?: string; nextRunMs?: number | null } = {},
) => {
  const { form: _form, data: _data, overwrite: _overwrite, ...said } = readJobBody(Buffer.from(body));
  const { occurrences = 0, expires, nextRunMs = FIRST } = of;
  const expiresMs = expires === undefined ? null : Date.parse(expires);
  return nextRuns({ spec: specOf(said, 'UTC'), nextRunMs, expiresMs, occurrences }, count).map((ms) =>
    new Date(ms).toISOString(),
  );
};

describe('the next runs of a job', () => {
  it('begin with the one that is planned, and follow its schedule', () => {
    expect(next('{"schedule":"0 0 * * * *"}', 3)).toEqual([
      '2026-10-24T00:30:00.000Z',
      '2026-10-24T01:00:00.000Z',
      '2026-10-24T02:00:00.000Z',
    ]);
    expect(next('{"schedule":"@every 90m"}', 2)).toEqual(['2026-10-24T00:30:00.000Z', '2026-10-24T02:00:00.000Z']);
  });

  it('obey the clock of its time zone', () => {
    const body = '{"schedule":"0 30 2 * * *","timeZone":"Europe/Berlin","dstPolicy":{"fold":"both"}}';
    expect(next(body, 3)).toEqual(['2026-10-24T00:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('are no more than it repeats', () => {
    expect(next('{"schedule":"@hourly","repeats":5}', 10, { occurrences: 3 })).toHaveLength(2);
    expect(next('{"schedule":"@hourly","repeats":5}', 10, { occurrences: 9 })).toHaveLength(1);
  });

  it('are not after it expires', () => {
    expect(next('{"schedule":"@hourly"}', 10, { expires: '2026-10-24T02:00:00Z' })).toHaveLength(3);
  });

  it('are one where it has no schedule, and none where it has fired', () => {
    expect(next('{"dueTime":"1s"}', 10)).toHaveLength(1);
    expect(next('{"dueTime":"1s"}', 10, { nextRunMs: null })).toEqual([]);
  });

  it('end where the pattern has no more', () => {
    expect(next('{"schedule":"0 0 0 30 2 *"}', 10)).toHaveLength(1);
  });
});
