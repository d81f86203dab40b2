import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo } from './client.js';

const FIRST_YEAR = 2090;
const COUNT = 12;

let server: RunningServer;
let client: Client;
/** Schedules 1 to 12; the later one is due earlier, and even ones repeat. */
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
  for (let id = 1; id <= COUNT; id++) {
    const body = echo({
      scheduled_time: `${FIRST_YEAR + COUNT - id}-05-05T21:50:08.123+02:00`,
      ...(id % 2 === 0 && { schedule_options: { interval: { units: 'seconds', value: 3600 } } }),
      description: `number ${id}`,
      noop: null,
    });
    expect((await client.post('schedule_task', body)).json).toEqual({
      scheduled_job: { id: `${server.url}/orchestrator/v1/scheduled_jobs/${id}`, name: String(id) },
    });
  }
});
afterAll(() => server?.stop());

const names = async (query: string) =>
  ((await client.get(`scheduled_jobs${query}`)).json as { items: { name: string }[] }).items.map(({ name }) => name);

const counted = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => String(from + Math.sign(to - from) * i));

describe('GET scheduled_jobs', () => {
  it('shows a schedule with exactly the published keys', async () => {
    const { json } = await client.get('scheduled_jobs?order_by=name&limit=2');
    const owner = {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      login: 'admin',
      email: '',
      display_name: 'Administrator',
      is_superuser: true,
      is_remote: false,
      is_group: false,
      is_revoked: false,
      last_login: null,
      role_ids: [1],
      inherited_role_ids: [],
      group_ids: [],
    };
    const item = (id: number, schedule_options: object) => ({
      id: `${server.url}/orchestrator/v1/scheduled_jobs/${id}`,
      name: String(id),
      type: 'task',
      task: 'echo',
      scope: { nodes: ['localhost'] },
      environment: 'production',
      enviroment: 'production',
      owner,
      description: `number ${id}`,
      next_run: `${FIRST_YEAR + COUNT - id}-05-05T19:50:08Z`,
      scheduled_time: `${FIRST_YEAR + COUNT - id}-05-05T19:50:08Z`,
      schedule_options,
      noop: false,
      job_options: { noop: false, task: 'echo' },
    });
    expect(json).toEqual({
      items: [item(1, {}), item(2, { interval: { units: 'seconds', value: 3600 } })],
      pagination: { limit: 2, offset: 0, total: COUNT, order_by: 'name', order: 'asc' },
    });
  });

  it('is ordered by the next run, the earliest first', async () => {
    expect(await names('')).toEqual(counted(COUNT, 1));
    expect(await names('?order=desc')).toEqual(counted(1, COUNT));
    expect(await names('?order_by=scheduled_time')).toEqual(counted(COUNT, 1));
  });

  it('orders names as numbers', async () => {
    expect(await names('?order_by=name')).toEqual(counted(1, COUNT));
    expect(await names('?order_by=name&order=desc&limit=3')).toEqual(['12', '11', '10']);
  });

  it('pages', async () => {
    expect(await names('?order_by=name&limit=5&offset=10')).toEqual(['11', '12']);
    expect(await names('?offset=500')).toEqual([]);
  });

  it('gives no items but the total for a limit of 0', async () => {
    expect((await client.get('scheduled_jobs?limit=0')).json).toEqual({
      items: [],
      pagination: { limit: 0, offset: 0, total: COUNT, order_by: 'next_run', order: 'asc' },
    });
  });

  it('has 50 as its default limit and takes 1000', async () => {
    expect((await client.get('scheduled_jobs')).json).toMatchObject({ pagination: { limit: 50 } });
    expect((await client.get('scheduled_jobs?limit=1000')).status).toBe(200);
  });

  it('names the type in its pagination only where it filters', async () => {
    const total = { task: COUNT, deploy: 0, plan: 0 };
    for (const [type, count] of Object.entries(total)) {
      const { json } = await client.get(`scheduled_jobs?type=${type}&limit=1`);
      expect(json).toMatchObject({ pagination: { total: count, type } });
    }
    expect((await client.get('scheduled_jobs')).text).not.toContain('"type":""');
  });

  it('builds its URLs from the host that was asked', async () => {
    const { text } = await client.get('scheduled_jobs?limit=1', { headers: { host: 'jobs.example.com:8143' } });
    expect(text).toContain('"http://jobs.example.com:8143/orchestrator/v1/scheduled_jobs/');
  });
});

describe('DELETE scheduled_jobs/:id', () => {
  it('answers 204 without a body, once, and the schedule is gone', async () => {
    const { json } = await client.post('schedule_task', echo({ scheduled_time: '2099-01-01T00:00:00Z' }));
    const { name } = (json as { scheduled_job: { name: string } }).scheduled_job;
    const answer = await client.delete(`scheduled_jobs/${name}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(Number(answer.headers['daybook-position'])).toBeGreaterThan(0);
    expect(await names('?limit=1000')).not.toContain(name);
    expect((await client.delete(`scheduled_jobs/${name}`)).status).toBe(404);
  });
});
