import { startServer } from '../setup/server.js';
import type { Case } from './bad-bodies.js';
import {
  BAD_ENVIRONMENT_PLANS,
  BAD_JSON,
  BAD_PLAN_FINISHES,
  BAD_PLAN_SCHEDULES,
  BAD_PLAN_STARTS,
  BAD_PLAN_STOPS,
  BAD_PLAN_TASKS,
  BAD_PLANS,
  BAD_SCHEDULES,
  BAD_STOPS,
  BAD_TASKS,
} from './bad-bodies.js';
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
  ['plan_run', [...BAD_JSON, ...BAD_PLANS]],
  ['environment_plan_run', [...BAD_JSON, ...BAD_ENVIRONMENT_PLANS]],
  ['schedule_plan', [...BAD_JSON, ...BAD_PLAN_SCHEDULES]],
  ['stop_plan', [...BAD_JSON, ...BAD_PLAN_STOPS]],
  ['plan_start', [...BAD_JSON, ...BAD_PLAN_STARTS]],
  ['plan_task', [...BAD_JSON, ...BAD_PLAN_TASKS]],
  ['plan_finish', [...BAD_JSON, ...BAD_PLAN_FINISHES]],
])('POST command/%s', (command, cases) => {
  it.each(cases)('refuses %s', async (_what, body, status, kind, inMessage) => {
    const answer = await client.post(command, body);
    expect(answer.json).toMatchObject({ kind, msg: expect.stringContaining(inMessage) as string });
    expect(answer.status).toBe(status);
  });
});

describe('a server that has refused all this', () => {
  it('has written nothing and still answers', async () => {
    for (const list of ['jobs', 'scheduled_jobs', 'plan_jobs']) {
      expect((await client.get(list)).json).toMatchObject({ items: [], pagination: { total: 0 } });
    }
  });
});
