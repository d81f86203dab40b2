import type { PlanJobRow } from '#read-store';
import { links } from '../testing/links.js';
import { planJobRow } from '../testing/plan-job-row.js';
import { presentPlanJob } from './present-plan-job.js';

const NOW = Date.parse('2026-01-01T00:01:00.000Z');
const shown = (over: Partial<PlanJobRow> = {}) => presentPlanJob(planJobRow(over), links, NOW);
const startedAt = '2026-01-01T00:00:01.000Z';

describe('a plan job', () => {
  it('has exactly the published keys, beside its result', () => {
    expect(shown()).toEqual({
      id: 'p/9',
      name: '9',
      state: 'pending',
      options: {
        description: 'just the facts',
        plan_name: 'facts::info',
        parameters: { loud: true, targets: ['a', 'b'] },
        sensitive: ['password'],
        scheduled_job_id: null,
        environment: 'production',
      },
      owner: { id: 'ann', login: 'ann' },
      created_timestamp: '2026-01-01T00:00:00Z',
      finished_timestamp: null,
      duration: 0,
      events: { id: 'p/9/events' },
      userdata: { ticket: 'T-1' },
    });
  });

  it.each([
    [{ startedAt }, 59],
    [{ startedAt, finishedAt: '2026-01-01T00:00:03.250Z' }, 2.25],
    [{ finishedAt: '2026-01-01T00:00:03.250Z' }, 0],
    [{ startedAt: '2026-01-01T00:02:00.000Z' }, 0],
  ])('with %j has taken %d s', (times, duration) => {
    expect(shown(times)).toHaveProperty('duration', duration);
  });

  it('names its schedule in text', () => {
    expect(shown({ scheduledJob: 116 }).options.scheduled_job_id).toBe('116');
  });

  it('shows the digest of parameters that are lost, beside those that were found', () => {
    const { spec } = planJobRow();
    const large = { sha256: 'a'.repeat(64), size: 70_000 };
    expect(shown({ spec: { ...spec, params: large } }).options.parameters).toEqual({ ...large, targets: ['a', 'b'] });
  });
});
