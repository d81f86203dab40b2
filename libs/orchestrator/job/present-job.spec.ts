import type { Subject } from '#domain';
import type { JobRow } from '#read-store';
import { links } from '../testing/links.js';
import { presentJob } from './present-job.js';

const spec = {
  command: 'task',
  task: 'echo',
  environment: 'production',
  noop: false,
  params: { value: { message: 'hello' } },
  sensitive: ['password'],
  concurrency: 2,
  timeoutS: 60,
} as const;

const row = (over: Partial<JobRow>): JobRow => ({
  id: 7,
  state: 'ready',
  spec,
  scope: { nodes: ['a', 'b'] },
  owner: { id: 'ann', login: 'ann' } as Subject,
  description: '',
  nodes: ['a', 'b'],
  scheduledJob: 3,
  userdata: {},
  nodeCounts: { new: 2 },
  createdAt: '2026-01-01T00:00:00.500Z',
  startedAt: null,
  stoppingAt: null,
  finishedAt: null,
  ...over,
});
const NOW = Date.parse('2026-01-01T00:01:00.000Z');
const shown = (over: Partial<JobRow>) => presentJob(row(over), links, NOW);

describe('a job', () => {
  it('that has not started has neither times nor a duration', () => {
    expect(shown({})).toMatchObject({
      timestamp: '2026-01-01T00:00:00Z',
      started_timestamp: null,
      finished_timestamp: null,
      duration: null,
      node_count: 2,
      node_states: { new: 2 },
    });
  });

  it.each([
    [{ startedAt: '2026-01-01T00:00:01.000Z' }, '59.0'],
    [{ startedAt: '2026-01-01T00:00:01.000Z', finishedAt: '2026-01-01T00:00:03.250Z' }, '2.25'],
    [{ startedAt: '2026-01-01T00:02:00.000Z' }, '0.0'],
  ])('with %j has a duration in text', (times, duration) => {
    expect(shown(times)).toHaveProperty('duration', duration);
  });

  it('names its schedule in text, its sensitive parameters and its limits', () => {
    expect(shown({}).options).toMatchObject({
      'scheduled-job-id': '3',
      sensitive: ['password'],
      params: { message: 'hello' },
      concurrency: 2,
      timeout: 60,
    });
    expect(shown({ scheduledJob: null }).options['scheduled-job-id']).toBeNull();
  });

  it('of a plan says so, and which plan job asked for it', () => {
    const planJob = { id: 9, action: 'command' } as const;
    const params = { value: { command: 'uptime', content: 'c2VjcmV0' } };
    const job = shown({ planJob, spec: { ...spec, task: 'bolt_shim::command', params } });
    expect(job).toMatchObject({ command: 'plan_command', type: 'plan_command', options: { plan_job: 9 } });
    expect(job.options).toHaveProperty('params', { command: 'uptime' });
    expect(shown({}).options).not.toHaveProperty('plan_job');
  });

  it('shows the reference of large parameters', () => {
    const large = { sha256: 'a'.repeat(64), size: 70_000 };
    expect(shown({ spec: { ...spec, params: large } }).options).toMatchObject({ params: large });
  });
});
