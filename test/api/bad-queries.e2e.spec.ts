import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
  await client.post('task', echo());
});
afterAll(() => server?.stop());

const BAD_INTEGERS = ['', 'ten', '-1', '1.5', '1e3', '%2B1', '0x10', '1234567890123456', '%00'];

const integers = (path: string, parameter: string, more: readonly string[] = []) =>
  [...BAD_INTEGERS, ...more].map((value) => [`${path}?${parameter}=${value}`, parameter] as const);

const choices = (path: string, parameter: string, good: string) => [
  [`${path}?${parameter}=`, parameter] as const,
  [`${path}?${parameter}=nosuch`, parameter] as const,
  [`${path}?${parameter}=${good.toUpperCase()}`, parameter] as const,
  [`${path}?${parameter}=${good}&${parameter}=${good}`, parameter] as const,
];

describe('a query parameter that is not what the list takes', () => {
  it.each([
    ...integers('scheduled_jobs', 'limit', ['1001', '1&limit=2']),
    ...integers('scheduled_jobs', 'offset', ['0&offset=0']),
    ...choices('scheduled_jobs', 'order_by', 'next_run'),
    ...choices('scheduled_jobs', 'order', 'asc'),
    ...choices('scheduled_jobs', 'type', 'task'),
    ...integers('jobs', 'limit', ['1001', '1&limit=2']),
    ...integers('jobs', 'offset'),
    ...choices('jobs', 'order_by', 'timestamp'),
    ...choices('jobs', 'order', 'desc'),
    ...choices('jobs', 'type', 'plan_task'),
    ['jobs?task=', 'task'] as const,
    ['jobs?task=a%00b', 'task'] as const,
    ['jobs?task=a&task=b', 'task'] as const,
    ['jobs?type=deploy&task=echo', 'task'] as const,
    ['jobs?min_finish_timestamp=yesterday', 'min_finish_timestamp'] as const,
    ['jobs?min_finish_timestamp=2026-02-30T00:00:00Z', 'min_finish_timestamp'] as const,
    ['jobs?max_finish_timestamp=', 'max_finish_timestamp'] as const,
    ...integers('jobs/1/nodes', 'limit'),
    ...integers('jobs/1/nodes', 'offset'),
    ...choices('jobs/1/nodes', 'order_by', 'duration'),
    ...choices('jobs/1/nodes', 'order', 'asc'),
    ...choices('jobs/1/nodes', 'state', 'finished'),
    ...integers('jobs/1/events', 'start', ['1&start=2']),
    ...integers('plan_jobs', 'limit', ['1001', '1&limit=2']),
    ...integers('plan_jobs', 'offset'),
    ...choices('plan_jobs', 'order_by', 'timestamp'),
    ...choices('plan_jobs', 'order', 'desc'),
    ...choices('plan_jobs', 'results', 'exclude'),
    ['plan_jobs?min_finish_timestamp=yesterday', 'min_finish_timestamp'] as const,
    ['plan_jobs?max_finish_timestamp=2026-02-30T00:00:00Z', 'max_finish_timestamp'] as const,
    ...integers('plan_jobs/1/events', 'start', ['1&start=2']),
  ])('is refused by name: GET %s', async (path, parameter) => {
    const answer = await client.get(path);
    expect(answer.json).toMatchObject({
      kind: 'puppetlabs.orchestrator/validation-error',
      msg: expect.stringMatching(new RegExp(`^${parameter} is `)) as string,
      details: { parameter },
    });
    expect(answer.status).toBe(400);
  });

  it('is ignored where the list does not know it', async () => {
    expect((await client.get('jobs?color=red')).status).toBe(200);
  });
});

describe('a job id', () => {
  const PATHS = [
    'jobs/ID',
    'jobs/ID/nodes',
    'jobs/ID/report',
    'jobs/ID/events',
    'plan_jobs/ID',
    'plan_jobs/ID/events',
    'plan_jobs/ID/event/1',
  ];

  it.each(PATHS.flatMap((path) => ['seven', '-1', '1.5', '1234567890123456', '..%2f1', '%00'].map((id) => [path, id])))(
    'is refused in %s where it is %s',
    async (path, id) => {
      const answer = await client.get(path.replace('ID', id));
      expect(answer.json).toMatchObject({ kind: 'puppetlabs.orchestrator/validation-error' });
      expect(answer.status).toBe(400);
    },
  );

  it.each(PATHS.flatMap((path) => ['999999', '999999999999999'].map((id) => [path, id])))(
    'is unknown in %s where there is no job %s',
    async (path, id) => {
      const answer = await client.get(path.replace('ID', id));
      expect(answer.json).toMatchObject({ kind: 'puppetlabs.orchestrator/unknown-job' });
      expect(answer.status).toBe(404);
    },
  );

  it.each(['seven', '1.5', '-1', '1234567890123456'])('is refused where a schedule %s is to be deleted', async (id) => {
    const answer = await client.delete(`scheduled_jobs/${id}`);
    expect(answer.json).toMatchObject({ kind: 'puppetlabs.orchestrator/validation-error' });
    expect(answer.status).toBe(400);
  });

  it('is unknown where the schedule to be deleted does not exist', async () => {
    const answer = await client.delete('scheduled_jobs/999999');
    expect(answer.json).toMatchObject({ kind: 'puppetlabs.orchestrator/unknown-job' });
    expect(answer.status).toBe(404);
  });
});

describe('a header', () => {
  it('Daybook-After is refused where it is not an event number', async () => {
    expect((await client.get('jobs', { headers: { 'daybook-after': 'now' } })).status).toBe(400);
  });

  it.each(['', 'k'.repeat(256)])('Idempotency-Key is refused where it is "%s"', async (key) => {
    const answer = await client.post('task', echo(), { headers: { 'idempotency-key': key } });
    expect(answer.json).toMatchObject({ kind: 'puppetlabs.orchestrator/validation-error' });
    expect(answer.status).toBe(400);
  });
});
