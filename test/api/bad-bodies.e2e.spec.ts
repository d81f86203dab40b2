import { startServer } from '../setup/server.js';
import type { Case } from './bad-bodies.js';
import { BAD_JSON, BAD_SCHEDULES, BAD_STOPS, BAD_TASKS } from './bad-bodies.js';
import type { Client, RunningServer } from './client.js';
import { clientOf } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
});
afterAll(() => server?.stop());

describe.each<[string, readonly Case[]]>([
  ['task', [...BAD_JSON, ...BAD_TASKS]],
  ['schedule_task', [...BAD_JSON, ...BAD_SCHEDULES]],
  ['stop', [...BAD_JSON, ...BAD_STOPS]],
])('POST command/%s', (command, cases) => {
  it.each(cases)('refuses %s', async (_what, body, status, kind, inMessage) => {
    const answer = await client.post(command, body);
    expect(answer.json).toMatchObject({ kind, msg: expect.stringContaining(inMessage) as string });
    expect(answer.status).toBe(status);
  });
});

describe('a server that has refused all this', () => {
  it('has written nothing and still answers', async () => {
    const [jobs, schedules] = [await client.get('jobs'), await client.get('scheduled_jobs')];
    expect(jobs.json).toMatchObject({ items: [], pagination: { total: 0 } });
    expect(schedules.json).toMatchObject({ items: [], pagination: { total: 0 } });
  });
});
